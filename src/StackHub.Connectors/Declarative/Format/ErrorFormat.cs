using System.Collections.Immutable;
using System.Text.Json.Nodes;
using StackHub.Configuration.Format;
using StackHub.Connectors.Declarative.Templates;

namespace StackHub.Connectors.Declarative.Format;

/// <summary>What an error means for the record it is about.</summary>
internal enum ErrorMeaning
{
    Refused,
    Exists,
    Gone,
    Retry,
    Person,
}

/// <summary>One rule: which answers it is about, and what they mean. The first that fits counts.</summary>
/// <param name="Statuses">Empty for any, and for the errors of single records in an answer that is a success.</param>
internal sealed record ErrorRule(ImmutableArray<string> Statuses, string? At, string? Equal, string? Contains, ErrorMeaning Then)
{
    public string? Code { get; init; }

    public string? Message { get; init; }

    public string? Field { get; init; }

    public TimeSpan? After { get; init; }

    /// <param name="status">Null for the error of one record.</param>
    public bool Fits(int? status, JsonNode? body)
    {
        if (Statuses.Length > 0 && !Statuses.Contains($"{status}"))
            return false;
        if (At is null)
            return true;
        var text = JsonPath.Text(JsonPath.At(body, At));
        return text is not null && (Equal is null || text == Equal) && (Contains is null || text.Contains(Contains, StringComparison.OrdinalIgnoreCase));
    }
}

/// <summary>The keys of an error rule.</summary>
internal static class ErrorFormat
{
    private static readonly Key<ImmutableArray<Located>?> Status = new("status", new Configuration.Format.Names("One or more HTTP statuses"), "HTTP statuses; without it any, also an error inside a success.");
    private static readonly Key<string> At = new("at", new TextValue("A place in the answer"), "A place in the body, or in one record's error.");
    private static readonly Key<string> Is = new("is", new TextValue(), "The text there.");
    private static readonly Key<string> Contains = new("contains", new TextValue(), "A part of the text there.");
    private static readonly Key<ErrorMeaning?> Then = new("then", new Word<ErrorMeaning>(), "refused: the record will be refused again; exists: the system has it already; gone: it was deleted there; retry: later; person: somebody must mend the account.") { Required = true };
    private static readonly Key<string> Code = new("code", new TextValue("A place in the answer"), "Where the error's code is.");
    private static readonly Key<string> Message = new("message", new TextValue("A place in the answer"), "Where the error's words are.");
    private static readonly Key<string> Field = new("field", new TextValue("A place in the answer"), "Where the name of the field is.");
    private static readonly Key<TimeSpan?> After = new("after", new Duration(TimeSpan.FromSeconds(1), TimeSpan.FromDays(1)), "How long to wait before trying again.");

    public static readonly ListOf<ErrorRule> Shape = new("A list of error rules", new Meaning<ErrorRule>(new SectionOf("An error rule", [Status, At, Is, Contains, Then, Code, Message, Field, After]), Read));

    private static ErrorRule Read(Section section)
    {
        var rule = new ErrorRule([.. (section.Get(Status) ?? []).Select(status => status.Text)], section.Get(At), section.Get(Is), section.Get(Contains), section.Get(Then) ?? ErrorMeaning.Refused)
        {
            Code = section.Get(Code),
            Message = section.Get(Message),
            Field = section.Get(Field),
            After = section.Get(After),
        };
        if (rule is { Statuses: [], At: null })
            section.Problem(Status, "The rule says of no answer that it is an error.", "Add status: with HTTP statuses, or at: with a place that only errors have.");
        return rule;
    }
}
