using System.Text.Json;
using StackHub.Connecting;

namespace StackHub.Connectors.Zendesk;

/// <summary>What Zendesk's errors mean; pure. A job's rows tell in words what a single call tells in codes.</summary>
internal static class ZendeskRefusal
{
    private const string Duplicate = "DuplicateValue";

    /// <summary>A single call's error as the row a job would have.</summary>
    public static ZendeskRow RowOf(ZendeskError error)
    {
        var details = error.Details.ValueKind == JsonValueKind.Object
            ? error.Details.EnumerateObject().SelectMany(field => Problems(field.Value).Select(problem => (Field: field.Name, Problem: problem))).ToArray()
            : [];
        var code = details.Select(detail => detail.Problem.Text("error")).FirstOrDefault(found => found is not null) ?? error.Code ?? "Refused";
        var words = details.Length > 0 ? string.Join("; ", details.Select(detail => $"{detail.Field}: {detail.Problem.Text("description")}")) : error.Description;
        return new(null, null, null, null, Success: false, code, words);
    }

    /// <summary>Another record has this address, name or external id.</summary>
    public static bool IsDuplicate(ZendeskRow row) =>
        row.Error == Duplicate || Says(row, Duplicate) || Says(row, "already being used") || Says(row, "already been taken") || Says(row, "already exists");

    public static bool IsMissing(ZendeskRow row) =>
        row.Error is { } code && (code.Contains("NotFound", StringComparison.OrdinalIgnoreCase) || Says(row, "not found") || Says(row, "deleted user"));

    /// <summary>Whether the refusal speaks of this member of the record: "Email: a@example.com is already being used by another user".</summary>
    public static bool SpeaksOf(ZendeskRow row, string member) =>
        row.Details is { } words && (words.StartsWith(member, StringComparison.OrdinalIgnoreCase) || Says(row, $" {member}:") || Says(row, $"; {member}"));

    public static WriteOutcome.Refused Of(ZendeskType type, ZendeskRow row, IEnumerable<FieldWrite> fields) => new(
        IsDuplicate(row) ? Duplicate : row.Error ?? "Refused",
        row.Details ?? "Zendesk gave no reason.",
        fields.Select(field => field.VendorField).FirstOrDefault(field => SpeaksOf(row, MemberOf(type, field))));

    public static WriteOutcome.Refused OfStaff(string? field) => new("AgentOrAdmin", "An agent or admin of the account is no business of the hub.", field);

    private static IEnumerable<ZendeskItem> Problems(JsonElement value) =>
        value.ValueKind == JsonValueKind.Array ? value.EnumerateArray().Select(one => new ZendeskItem(one)) : [];

    private static bool Says(ZendeskRow row, string words) => row.Details?.Contains(words, StringComparison.OrdinalIgnoreCase) == true;

    private static string MemberOf(ZendeskType type, string field) => field switch
    {
        ZendeskFields.Organization => "organization",
        _ => type.IsCustom(field) ? type.KeyOf(field) : field,
    };
}
