using StackHub.Configuration;
using StackHub.Records;
using StackHub.Storage;
using StackHub.Web.Errors;

namespace StackHub.Web.Records;

/// <summary>Reads parameters, and says what they have to be.</summary>
internal static class Queries
{
    private const int MaxQuery = 500;

    public static ProblemResult BadId => Problems.BadParameter("id", "a record's id: 32 hexadecimal digits");

    public static RecordId? Id(string id) => RecordId.TryParse(id);

    /// <summary>A query that someone could mean: not empty, not endless, no control characters.</summary>
    public static ProblemResult? Problem(string? query) =>
        string.IsNullOrWhiteSpace(query) || query.Length > MaxQuery || query.Any(char.IsControl)
            ? Problems.BadParameter("q", $"a record's id, an e-mail address, a domain, or system/type/id; at most {MaxQuery} characters")
            : null;

    /// <summary>True for absent; the kind otherwise.</summary>
    public static bool TryKind(string? text, out RecordKind? kind)
    {
        kind = text switch
        {
            "person" => RecordKind.Person,
            "account" => RecordKind.Account,
            "opportunity" => RecordKind.Opportunity,
            _ => null,
        };
        return text is null || kind is not null;
    }

    /// <summary>Null when it is not a configured system.</summary>
    public static SystemId? System(HubModel model, string? text) => text is not null && model.Systems.ContainsKey(new(text)) ? new SystemId(text) : null;

    /// <summary>True for text that a row can have as its key.</summary>
    public static bool IsKey(string id) => id.Length is > 0 and <= TableLimits.MaxKeyChars && !id.AsSpan().ContainsAny("/\\#?") && !id.Any(char.IsControl);
}
