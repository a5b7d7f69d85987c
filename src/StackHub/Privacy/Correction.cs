using System.Text;
using StackHub.Configuration;
using StackHub.Mapping;
using StackHub.Records;
using StackHub.Security;

namespace StackHub.Privacy;

/// <summary>What a person wants put right: a field of the hub's and what it should say; null empties it. It never prints the value.</summary>
public sealed record Correction(string Field, string? Value)
{
    /// <summary>The fields of a person that can be put right: all but the hub's own id.</summary>
    public static IEnumerable<string> Fields(HubModel model) => model.Fields[RecordKind.Person].Keys.Where(field => field != FieldDefinition.HubId);

    /// <summary>Sentences about corrections that cannot be made; they repeat no value.</summary>
    public static IEnumerable<string> Problems(IReadOnlyList<Correction> corrections, HubModel model)
    {
        var fields = Fields(model).ToDictionary(field => field, field => model.Fields[RecordKind.Person][field], StringComparer.Ordinal);
        foreach (var correction in corrections)
            if (fields.GetValueOrDefault(correction.Field) is not { } field)
                yield return $"'{correction.Field}' is no field of a person.";
            else if (CanonicalText.Of(field.Type, correction.Value) is null)
                yield return $"'{correction.Field}' is of type {field.Type}, and what it should say is not.";
        foreach (var twice in corrections.CountBy(correction => correction.Field).Where(count => count.Value > 1))
            yield return $"'{twice.Key}' is corrected twice.";
    }

    /// <summary>The same for the same corrections, and nobody reads them from it; null for none.</summary>
    public static string? Hash(IReadOnlyList<Correction> corrections, HubKeys keys) =>
        corrections.Count == 0 ? null : keys.Hash("privacy-corrections", string.Join('\n', corrections.OrderBy(correction => correction.Field, StringComparer.Ordinal).Select(correction => $"{correction.Field}={Convert.ToBase64String(Encoding.UTF8.GetBytes(correction.Value ?? ""))}")));

    public override string ToString() => $"[correction of {Field}]";
}
