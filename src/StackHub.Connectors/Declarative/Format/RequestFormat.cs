using System.Collections.Immutable;
using System.Text.RegularExpressions;
using StackHub.Configuration.Format;
using StackHub.Connectors.Declarative.Templates;

namespace StackHub.Connectors.Declarative.Format;

/// <summary>One call to the vendor, with names still to be filled in.</summary>
internal sealed record RequestSpec(HttpMethod Method, Template Path, string Operation, string Scope)
{
    /// <summary>Stands for a call that could not be read, in a file that is refused for it.</summary>
    public static readonly RequestSpec Nothing = new(HttpMethod.Get, new Template("/", [], default), "", Http.VendorCall.AnyScope);

    public ImmutableArray<KeyValuePair<string, Template>> Query { get; init; } = [];

    public ImmutableArray<KeyValuePair<string, Template>> Headers { get; init; } = [];

    public Body? Body { get; init; }

    public ImmutableArray<KeyValuePair<string, Template>> Form { get; init; } = [];

    public bool IsRead => Method == HttpMethod.Get;

    /// <summary>Whether the call asks for the name; a call that a record lacks the value of is left out.</summary>
    public bool Uses(string name) => Path.UsedNames.Concat(Query.SelectMany(entry => entry.Value.UsedNames)).Any(used => used.Of == name);
}

/// <summary>The keys of a call.</summary>
internal static partial class RequestFormat
{
    private static readonly TableOf<Template> Templates = new("A block of names and texts", new TemplateText());

    public static readonly Key<(HttpMethod Method, Template Path)?> Call = new("call", new CallShape(), "Method and path below the base address; values in it are encoded.") { Required = true };

    public static readonly Key<ImmutableArray<Named<Template>>?> Query = new("query", Templates, "What follows the ? in the address.");

    public static readonly Key<ImmutableArray<Named<Template>>?> Headers = new("headers", new TableOf<Template>("A block of headers", new TemplateText(), (HeaderForm(), "a header's name")), "Headers of this call only.");

    public static readonly Key<Body> Content = new("body", new BodyShape(), "The JSON body; '...' takes the members of its value into the block around it.");

    public static readonly Key<ImmutableArray<Named<Template>>?> Form = new("form", Templates, "A form-encoded body instead of a JSON one.");

    public static readonly Key<string> Scope = new("scope", new TextValue(), "The limit this call counts under, besides '*'.") { Default = "*" };

    public static readonly Key[] Keys = [Call, Query, Headers, Content, Form, Scope];

    public static readonly Meaning<RequestSpec> Shape = new(new SectionOf("A call", Keys), Read);

    public static RequestSpec Read(Section section)
    {
        var (method, path) = section.Get(Call) ?? (RequestSpec.Nothing.Method, RequestSpec.Nothing.Path);
        return new(method, path, $"{section.Path}", section.Get(Scope) ?? Http.VendorCall.AnyScope)
        {
            Query = Pairs(section.Get(Query)),
            Headers = Pairs(section.Get(Headers)),
            Body = section.Get(Content),
            Form = Pairs(section.Get(Form)),
        };
    }

    public static ImmutableArray<KeyValuePair<string, Template>> Pairs(ImmutableArray<Named<Template>>? entries) =>
        [.. (entries ?? []).Where(entry => entry.Value is not null).Select(entry => KeyValuePair.Create(entry.Name, entry.Value!))];

    [GeneratedRegex("^[A-Za-z0-9-]+$", RegexOptions.CultureInvariant)]
    public static partial Regex HeaderForm();
}
