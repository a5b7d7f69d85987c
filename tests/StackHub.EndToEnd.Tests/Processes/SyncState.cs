using System.Text.RegularExpressions;
using StackHub.Cli.Checking;
using StackHub.EndToEnd.Tests.Staging;
using StackHub.Mapping;
using StackHub.Records;

namespace StackHub.EndToEnd.Tests.Processes;

/// <summary>What a sync came to, in lines that two runs can be compared by: ids that the hub or a vendor drew are left out.</summary>
internal static partial class SyncState
{
    public static async Task<string[]> OfAsync(Stage stage)
    {
        var lines = new List<string>();
        var records = (await stage.RecordsAsync()).Where(record => record.MergedInto is null).ToDictionary(record => record.Id);
        lines.AddRange(records.Values.Select(record => Canonical(stage, record, records)));
        foreach (var reader in stage.Readers)
            await foreach (var raw in reader.ReadAsync(Stage.Token))
                lines.Add(Held(stage, reader.System, raw));
        return [.. lines.Order(StringComparer.Ordinal)];
    }

    private static string Canonical(Stage stage, HubRecord record, Dictionary<RecordId, HubRecord> records)
    {
        var fields = stage.Model.Fields[record.Kind].Keys.Order(StringComparer.Ordinal).Select(field => $"{field}={Named(stage, stage.CanonicalText(record, field), records)}");
        var links = record.Links.Where(link => link.Active).Select(link => stage.Before[link.Ref.System.Name].Contains($"{link.Ref.ObjectType}/{link.Ref.Id}") ? $"{link.Ref}" : $"{link.Ref.System}/{link.Ref.ObjectType}/new").Order(StringComparer.Ordinal);
        return $"{record.Kind} {stage.CanonicalText(record, "email")}: {string.Join("; ", fields)}; links {string.Join(", ", links)}";
    }

    /// <summary>A reference by the name or address of what it refers to.</summary>
    private static string? Named(Stage stage, string? value, Dictionary<RecordId, HubRecord> records) =>
        value is null ? null : Ids().Replace(value, found => records.TryGetValue(RecordId.Parse(found.Value), out var referred) ? stage.CanonicalText(referred, "name") ?? stage.CanonicalText(referred, "email") ?? "unnamed" : "gone");

    /// <summary>Klaviyo gives a phone to one profile only: which of two people who share it is first is nobody's to say.</summary>
    private static bool IsUnique(string system, CompiledField field) => (system, field.Map.VendorField) == ("klaviyo", "phone_number");

    [GeneratedRegex("[0-9a-f]{32}")]
    private static partial Regex Ids();

    private static string Held(Stage stage, string system, RawRecord raw)
    {
        if (!stage.Model.Systems[new(system)].Maps.TryGetValue(raw.ObjectType, out var map))
            return $"{system} {raw.ObjectType}";
        var fields = map.Outbound.Where(field => !field.IsReference && field.Map.Field != FieldDefinition.HubId && field.Type != FieldType.References && !IsUnique(system, field))
            .Select(field => $"{field.Map.VendorField}={raw.Fields.GetValueOrDefault(field.Map.VendorField)}").Order(StringComparer.Ordinal);
        return $"{system} {raw.ObjectType}: {string.Join("; ", fields)}";
    }
}
