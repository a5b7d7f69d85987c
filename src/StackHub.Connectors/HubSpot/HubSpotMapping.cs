using System.Collections.Frozen;
using System.Globalization;
using StackHub.Connecting;
using StackHub.Records;

namespace StackHub.Connectors.HubSpot;

/// <summary>HubSpot's texts to the hub's and back. Pure.</summary>
internal static class HubSpotMapping
{
    private const string InstantFormat = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";

    // HubSpot's own date-and-time properties: webhooks tell them in epoch milliseconds, reads in ISO form.
    private static readonly FrozenSet<string> Instants = FrozenSet.ToFrozenSet(["closedate", "createdate", "lastmodifieddate", "hs_lastmodifieddate"]);

    public static ExternalRecord Record(SystemId system, HubSpotObject type, HubSpotRecord record, IReadOnlyList<string> properties)
    {
        var fields = new Dictionary<string, ExternalValue>(properties.Count + 2);
        foreach (var property in properties)
        {
            // A property the account does not have is left out of the answer: unknown, not cleared.
            if (record.Properties is { } values && values.TryGetValue(property, out var value))
                fields[property] = Value(property, value, record.PropertiesWithHistory?.GetValueOrDefault(property));
        }

        return new(new(system, type.Name, record.Id), record.UpdatedAt ?? DateTimeOffset.UnixEpoch, fields) { Complete = true };
    }

    public static string? Text(string property, string? value)
    {
        if (string.IsNullOrEmpty(value))
            return null;
        return Instants.Contains(property) && long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var milliseconds) ? Iso(milliseconds) : value;
    }

    /// <summary>What HubSpot takes: text, and an empty text to clear.</summary>
    public static string Wire(FieldValue value) => value.Text ?? "";

    public static Dictionary<string, string> Properties(RecordWrite write) => write.Fields
        .Where(f => IsProperty(f.VendorField))
        .ToDictionary(f => f.VendorField, f => Wire(f.Value));

    /// <summary>False for what is a field only to the hub: associations, and the opt-out, which properties cannot change.</summary>
    public static bool IsProperty(string field) => !field.Contains('.') && field != HubSpotObject.OptOut;

    /// <summary>What HubSpot answered for the fields that were written.</summary>
    public static Dictionary<string, string?> Answered(HubSpotRecord record, IReadOnlyDictionary<string, string> written)
    {
        var values = new Dictionary<string, string?>(written.Count);
        foreach (var name in written.Keys)
        {
            if (record.Properties is { } answered && answered.TryGetValue(name, out var value))
                values[name] = Text(name, value);
        }

        return values;
    }

    public static string Iso(long milliseconds) => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds).ToString(InstantFormat, CultureInfo.InvariantCulture);

    private static ExternalValue Value(string property, string? value, IReadOnlyList<HubSpotVersion>? history) =>
        new(Text(property, value), StartOf(value, history));

    /// <summary>When the current value began: versions repeat a value that was only written again, and their order is not promised.</summary>
    private static DateTimeOffset? StartOf(string? current, IReadOnlyList<HubSpotVersion>? history)
    {
        DateTimeOffset? start = null;
        foreach (var version in (history ?? []).OrderByDescending(v => v.Timestamp))
        {
            if ((version.Value ?? "") != (current ?? ""))
                break;
            start = version.Timestamp;
        }

        return start;
    }
}
