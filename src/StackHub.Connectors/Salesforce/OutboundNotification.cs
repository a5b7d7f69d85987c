using System.Xml.Linq;
using StackHub.Connecting;
using StackHub.Records;

namespace StackHub.Connectors.Salesforce;

/// <summary>One record of an outbound message, with the fields its setup chose.</summary>
internal sealed record OutboundNotification(string ObjectType, string Id, IReadOnlyDictionary<string, string?> Fields)
{
    private static readonly XNamespace Instance = "http://www.w3.org/2001/XMLSchema-instance";
    private static readonly string[] NotData = ["Id", "IsDeleted", "MasterRecordId", "IsConverted", "ConvertedContactId", "SystemModstamp"];

    public override string ToString() => $"{ObjectType}/{Id} ({Fields.Count} fields)";

    public static OutboundNotification Parse(XElement? record, int index)
    {
        var type = record?.Attribute(Instance + "type")?.Value ?? throw new WebhookFormatException($"Notification {index} has no sObject with a type.");
        var fields = record.Elements().DistinctBy(field => field.Name.LocalName).ToDictionary(field => field.Name.LocalName, TextOf, StringComparer.Ordinal);
        var id = fields.GetValueOrDefault("Id") ?? throw new WebhookFormatException($"Notification {index} has no Id.");
        return new(type[(type.IndexOf(':', StringComparison.Ordinal) + 1)..], id, fields);
    }

    /// <summary>Null for a type that is not synced. Without a time of its own the values cannot be dated, so the record must be read.</summary>
    public Change? ToChange(SystemId system)
    {
        if (SalesforceObject.Find(ObjectType) is not { } type)
            return RoleOf(system);
        var self = type.Ref(system, Id);
        if (Time("LastModifiedDate") is not { } modified)
            return new Change.Touched(self);
        if (Flag("IsDeleted"))
            return Value("MasterRecordId") is { } master ? new Change.Moved(self, type.Ref(system, master), modified) : new Change.Deleted(self, modified);
        if (Flag("IsConverted") && Value("ConvertedContactId") is { } contact)
            return new Change.Moved(self, SalesforceObject.Contact.Ref(system, contact), modified);
        return new Change.Seen(new(self, modified, Data()));
    }

    private Change.Touched? RoleOf(SystemId system) =>
        ObjectType == SalesforceQueries.Role && Value("OpportunityId") is { } id ? new(SalesforceObject.Opportunity.Ref(system, id)) : null;

    private Dictionary<string, ExternalValue> Data() =>
        Fields.Where(field => !NotData.Contains(field.Key)).ToDictionary(field => field.Key, field => new ExternalValue(Plain(field.Value)), StringComparer.Ordinal);

    private static string? Plain(string? text) => text is { Length: > 19 } && text[10] == 'T' && SalesforceTime.TryParse(text) is { } time ? SalesforceTime.Canonical(time) : text;

    private DateTimeOffset? Time(string field) => SalesforceTime.TryParse(Value(field)) ?? SalesforceTime.TryParse(Value("SystemModstamp"));

    private bool Flag(string field) => Value(field) is "true" or "1";

    private string? Value(string field) => Fields.GetValueOrDefault(field);

    private static string? TextOf(XElement field) =>
        (bool?)field.Attribute(Instance + "nil") == true || field.Value.Length == 0 ? null : field.Value;
}
