using System.Text;
using StackHub.Configuration;
using StackHub.Mapping;
using StackHub.Records;
using StackHub.Security;

namespace StackHub.Privacy;

/// <summary>What a person wants put right: a field of the hub's and what it should say; null empties it. It never prints the value.</summary>
public sealed record Correction(string Field, string? Value)
{
    /// <summary>Sentences about corrections that cannot be made; they repeat no value.</summary>
    public static IEnumerable<string> Problems(IReadOnlyList<Correction> corrections, HubModel model)
    {
        var fields = model.Fields.GetValueOrDefault(RecordKind.Person);
        foreach (var correction in corrections)
            if (fields?.GetValueOrDefault(correction.Field) is not { } field || correction.Field == FieldDefinition.HubId)
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
