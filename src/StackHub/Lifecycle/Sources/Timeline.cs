using System.Collections.Frozen;
using StackHub.Mapping;
using StackHub.Records;
using StackHub.Rules;
using StackHub.Sync;

namespace StackHub.Lifecycle.Sources;

/// <summary>What held at a moment, out of the times at which systems said so: whatever the order in which the hub heard of it.</summary>
public sealed class Timeline(PersonFile file, FrozenDictionary<RecordKind, FrozenDictionary<string, FieldDefinition>> definitions)
{
    private const string AccountPrefix = "account.";

    /// <summary>A field's value at that moment, decided by its policy; null when nobody had said anything.</summary>
    public string? At(string field, DateTimeOffset time)
    {
        var (record, name) = Locate(field);
        if (record is null || !definitions[record.Kind].TryGetValue(name, out var definition))
            return null;
        Candidate[] claims = [.. record.Links.Where(link => link.MovedTo is null).Select(link => Claim(link, name, time)).OfType<Candidate>()];
        return claims.Length == 0 ? null : ConflictPolicies.All[definition.Policy.Kind].Decide(claims, definition.Policy).Value.Text;
    }

    /// <summary>When any system changed what it says of the fields.</summary>
    public IEnumerable<DateTimeOffset> Times(IEnumerable<string> fields) => fields.SelectMany(field =>
    {
        var (record, name) = Locate(field);
        return record?.Links.SelectMany(link => link.Cell(name).State.Authored).Select(said => said.At) ?? [];
    });

    public Facts FactsAt(RuleFields fields, DateTimeOffset time) => Facts.Read(fields, name => At(name, time));

    private (HubRecord? Record, string Name) Locate(string field) =>
        field.StartsWith(AccountPrefix, StringComparison.Ordinal) ? (file.Account, field[AccountPrefix.Length..]) : (file.Record, field);

    private static Candidate? Claim(LinkedRecord link, string field, DateTimeOffset time)
    {
        var said = link.Cell(field).State.Authored.Where(said => said.At <= time).ToArray();
        return said.Length == 0 ? null : new(link.Ref, said[^1].Value, said[^1].At, link.Active, said[0]);
    }
}
