using System.Text.Json;
using System.Text.RegularExpressions;
using StackHub.Connecting;
using StackHub.Mapping;
using StackHub.Records;

namespace StackHub.Connectors.Salesforce;

/// <summary>What a record's error means for the hub; pure.</summary>
internal static partial class SalesforceErrors
{
    /// <summary>Neither the record nor the request was the problem: try again.</summary>
    private static readonly string[] Transient =
    [
        "UNABLE_TO_LOCK_ROW", "SERVER_UNAVAILABLE", "REQUEST_RUNNING_TOO_LONG", "QUERY_TIMEOUT", "CANNOT_PROCESS_REQUEST", "PROCESSING_HALTED",
        "ALL_OR_NONE_OPERATION_ROLLED_BACK", "UNKNOWN_EXCEPTION", "CONCURRENT_REQUESTS_LIMIT_EXCEEDED", "TXN_LIMIT_EXCEEDED",
        "INVALID_QUERY_LOCATOR", "OPERATION_TOO_LARGE",
    ];

    public static bool IsTransient(SalesforceError error) => Transient.Contains(error.Code);

    /// <summary>Where the record went must be asked for; an error that names a field means the record that field refers to.</summary>
    public static bool AsksForFate(SalesforceError error) =>
        error.Code is "ENTITY_IS_DELETED" or "CANNOT_UPDATE_CONVERTED_LEAD" or "NOT_FOUND" or "INVALID_CROSS_REFERENCE_KEY" && error.Fields is not [_, ..];

    /// <summary>An update's outcome when its target's fate is known.</summary>
    public static WriteOutcome AfterFate(SalesforceError error, RecordFate fate, RecordWrite write) => fate switch
    {
        RecordFate.Moved moved => new WriteOutcome.Moved(moved.To),
        RecordFate.Gone => new WriteOutcome.Gone(),
        _ => Outcome(error, write),
    };

    /// <summary>The outcome of a write whose target is there, or of a create without a match.</summary>
    public static WriteOutcome Outcome(SalesforceError error, RecordWrite write)
    {
        if (error.Failure is { } failure)
            return new WriteOutcome.Retry(failure.Reason, failure.RetryAfter, failure.Uncertain);
        // What is gone is a record this one refers to: the feed will tell of it and change the write.
        var isReferenceGone = error.Code == "ENTITY_IS_DELETED" && write.Fields.Any(IsReference);
        return isReferenceGone || IsTransient(error)
            ? new WriteOutcome.Retry(error.Code)
            : new WriteOutcome.Refused(error.Code, error.Message ?? error.Code, FieldOf(error));
    }

    /// <summary>The outcome of a create: an error that names the record already there is an answer.</summary>
    public static WriteOutcome OfCreate(SalesforceError error, RecordWrite write, SystemId system) => Named(error, write.ObjectType, system) switch
    {
        [var one] => new WriteOutcome.Existing(one),
        [_, _, ..] several => new WriteOutcome.Ambiguous(several),
        _ => Outcome(error, write),
    };

    private static bool IsReference(FieldWrite field) => field.Type is FieldType.Reference or FieldType.References && !field.Value.IsBlank;

    private static IReadOnlyList<ExternalRef> Named(SalesforceError error, string objectType, SystemId system) => error.Code switch
    {
        "DUPLICATE_VALUE" => Refs(RecordWithId().Matches(error.Message ?? "").Select(match => match.Groups[1].Value), objectType, system),
        "DUPLICATE_EXTERNAL_ID" or "MULTIPLE_CHOICES" => Refs(AnyId().Matches(error.Message ?? "").Select(match => match.Value), objectType, system),
        "DUPLICATES_DETECTED" => Refs(MatchedIds(error), objectType, system),
        _ => [],
    };

    private static IReadOnlyList<ExternalRef> Refs(IEnumerable<string> ids, string objectType, SystemId system) =>
    [
        .. ids.Select(SalesforceId.Full).Distinct(StringComparer.Ordinal)
            .Select(id => (SalesforceObject.OfId(id) ?? SalesforceObject.Get(objectType)).Ref(system, id)),
    ];

    private static IEnumerable<string> MatchedIds(SalesforceError error) =>
        from match in Items(error.DuplicateResult ?? error.DuplicateResut, "matchResults")
        from record in Items(match, "matchRecords")
        let id = SalesforceRow.Text(record, "record.Id")
        where id is not null
        select id;

    private static JsonElement[] Items(JsonElement? parent, string name) =>
        parent is { ValueKind: JsonValueKind.Object } element && element.TryGetProperty(name, out var items) && items.ValueKind == JsonValueKind.Array
            ? [.. items.EnumerateArray()]
            : [];

    private static string? FieldOf(SalesforceError error) =>
        error.Fields is [var field, ..] ? field : MissingField(error);

    /// <summary>The field an INVALID_FIELD error names in its text.</summary>
    public static string? MissingField(SalesforceError error) =>
        error.Code.StartsWith("INVALID_FIELD", StringComparison.Ordinal) && NoSuchColumn().Match(error.Message ?? "") is { Success: true } match ? match.Groups[1].Value : null;

    [GeneratedRegex(@"record with id: ([A-Za-z0-9]{15,18})\b")]
    private static partial Regex RecordWithId();

    [GeneratedRegex(@"\b[a-zA-Z0-9]{5}[A-Za-z0-9]{10}(?:[A-Z0-5]{3})?\b")]
    private static partial Regex AnyId();

    [GeneratedRegex(@"No such column '([A-Za-z0-9_.]+)'")]
    private static partial Regex NoSuchColumn();
}
