using System.Text.Json;

namespace StackHub.Connectors.Salesforce;

/// <summary>When each tracked field of each record was last changed, and to what.</summary>
internal sealed class FieldHistory
{
    public static readonly FieldHistory None = new([], "");

    private readonly Dictionary<(string Id, string Field), (DateTimeOffset At, string? Value)> newest = [];

    public FieldHistory(IEnumerable<JsonElement> rows, string parentField)
    {
        foreach (var row in rows)
            if (SalesforceRow.Text(row, parentField) is { } id && SalesforceRow.Text(row, "Field") is { } field && SalesforceTime.TryParse(SalesforceRow.Text(row, "CreatedDate")) is { } at)
                Keep((SalesforceId.Full(id), field), (at, SalesforceRow.Text(row, "NewValue")));
    }

    /// <summary>Null when the history does not end at this value: tracking may have been off when it was written.</summary>
    public DateTimeOffset? At(string id, string field, string? value) =>
        newest.TryGetValue((id, field), out var entry) && entry.Value == value ? entry.At : null;

    private void Keep((string Id, string Field) key, (DateTimeOffset At, string? Value) entry)
    {
        if (!newest.TryGetValue(key, out var known) || known.At < entry.At)
            newest[key] = entry;
    }
}
