using System.Collections.Immutable;
using System.Text.Json.Nodes;
using StackHub.Configuration;
using StackHub.Configuration.Format;
using StackHub.Configuration.Yaml;
using StackHub.Connectors.Declarative.Templates;
using StackHub.Connectors.Declarative.Webhooks;

namespace StackHub.Connectors.Declarative.Format;

internal enum WebhookBody
{
    Json,
    Form,
    Xml,
}

internal enum EventMeaning
{
    Touched,
    Deleted,
    Erased,
    Moved,
}

/// <param name="To">The template of the id that a moved record goes on under.</param>
/// <param name="Time">Where the event has its time; null for the time of its arrival.</param>
internal sealed record EventSpec(ImmutableArray<string> Is, string Object, Template Id, Template? To, EventMeaning Then, string? Time);

/// <summary>The vendor's webhooks.</summary>
internal sealed record WebhookSpec(SignatureLine Signature, string Scheme, WebhookBody Body, string Items, string Topic, ImmutableArray<EventSpec> Events)
{
    /// <summary>The header with the delivery's own id.</summary>
    public string? Delivery { get; init; }
}

/// <summary>The keys of webhooks.</summary>
internal static class WebhookFormat
{
    private static readonly Key<SignatureLine> Signature = new("signature", new SignatureText(), "One line: algorithm, encoding, header=, base= (order of timestamp, method, uri, body, secret), timestamp=, window=, secret= (a setting); or token with header= or query=.") { Required = true };
    private static readonly Key<WebhookBody?> Body = new("body", new Word<WebhookBody>(), "The form of the body.") { Default = "json" };
    private static readonly Key<string> Items = new("items", new TextValue("A place in the body"), "Where the events are, when there are several.");
    private static readonly Key<string> Topic = new("topic", new TextValue("A place in an event"), "Where an event says what it is.") { Required = true };
    private static readonly Key<string> Delivery = new("delivery", new TextValue("A header's name", RequestFormat.HeaderForm()), "The header with the delivery's own id.") { Default = "the signature" };
    private static readonly Key<ImmutableArray<Located>?> Is = new("is", new Configuration.Format.Names("One or more topics"), "The topics.") { Required = true };
    private static readonly Key<string> Object = new("object", new TextValue("An object type"), "The object type it is about.") { Required = true };
    private static readonly Key<Template> Id = new("id", new TemplateText(), "The record's id: {{ event.data.id }}.") { Required = true };
    private static readonly Key<Template> To = new("to", new TemplateText(), "Of moved: the id it goes on under.");
    private static readonly Key<EventMeaning?> Then = new("then", new Word<EventMeaning>(), "What it says.") { Default = "touched" };
    private static readonly Key<string> Time = new("time", new TextValue("A place in an event"), "Where an event has its time.");
    private static readonly Meaning<EventSpec> EventShape = new(new SectionOf("An event", [Is, Object, Id, To, Then, Time]), ReadEvent);
    private static readonly Key<ImmutableArray<EventSpec>?> Events = new("events", new ListOf<EventSpec>("A list of events", EventShape), "What the events mean; topics that are not here are let go.") { Required = true };

    public static readonly Meaning<WebhookSpec> Shape = new(new SectionOf("A block of signature, body and events", [Signature, Body, Items, Topic, Delivery, Events]), Read);

    private static WebhookSpec Read(Section section)
    {
        var line = section.Get(Signature) ?? new SignatureLine(SignatureKind.Token, default, IsHex: false);
        return new(line, $"{line.Kind.ToString().ToLowerInvariant()} in {line.Header ?? "the address"}", section.Get(Body) ?? WebhookBody.Json, section.Get(Items) ?? "", section.Get(Topic) ?? "", section.Get(Events) ?? [])
        {
            Delivery = section.Get(Delivery)?.ToLowerInvariant(),
        };
    }

    private static EventSpec ReadEvent(Section section)
    {
        var then = section.Get(Then) ?? EventMeaning.Touched;
        if (then == EventMeaning.Moved && !section.Has(To))
            section.Problem(Then, "Where the record moved to is missing.", "Add to: with the template of the new id.");
        return new(JobFormat.Texts(section.Get(Is)), section.Get(Object) ?? "", section.Get(Id) ?? RequestSpec.Nothing.Path, section.Get(To), then, section.Get(Time));
    }

    private sealed class SignatureText : Shape<SignatureLine>
    {
        public override string Expects => "A line such as hmac-sha256 hex header=X-Signature base=body";

        public override SignatureLine? Read(Node node, string path, ProblemList problems)
        {
            if (node is not ScalarNode { IsNull: false } scalar)
                return Wrong(node, path, problems);
            var (line, problem) = SignatureLine.Parse(scalar.Text);
            if (problem is not null)
                problems.Add(node.Place, path, problem, $"{Expects} is expected.");
            return line;
        }

        public override JsonObject Schema() => new() { ["type"] = "string", ["pattern"] = "^(hmac-sha(1|256|512)|sha256|token)( |$)" };
    }
}
