using StackHub.Configuration;
using StackHub.Identity;
using StackHub.Mapping;
using StackHub.Records;
using StackHub.Sync;

namespace StackHub.Cli.Checking;

/// <summary>What the check found in one system.</summary>
public sealed record CheckedSystem(string System, int Records, int FieldsCompared)
{
    public List<string> Problems { get; } = [];

    /// <summary>Values the vendor refused; they are in the dead letters and not held against the sync.</summary>
    public int Refused { get; set; }
}

/// <summary>
/// The independent check: re-reads every system over HTTP and compares. Each record that should be there is there exactly once, and every
/// mapped field says the hub's canonical value or the system's own form of it. Messages name ids and fields, never values.
/// </summary>
public sealed class SyncCheck(HubModel model, RecordStore records, Redirects redirects)
{
    private const int PageSize = 500;

    /// <param name="before">Ids that were in each system before the hub wrote anything: duplicates among them are not ours.</param>
    public async Task<IReadOnlyList<CheckedSystem>> RunAsync(IEnumerable<IRawReader> readers, IReadOnlyDictionary<string, HashSet<string>> before, CancellationToken cancellationToken)
    {
        await redirects.EnsureFreshAsync(cancellationToken);
        var all = await RecordsAsync(cancellationToken);
        var byId = all.ToDictionary(record => record.Id);
        var results = new List<CheckedSystem>();
        foreach (var reader in readers)
            results.Add(await CheckAsync(model.Systems[new(reader.System)], reader, all, byId, before[reader.System], cancellationToken));
        return results;
    }

    public static async Task<HashSet<string>> IdsAsync(IRawReader reader, CancellationToken cancellationToken)
    {
        var ids = new HashSet<string>(StringComparer.Ordinal);
        await foreach (var raw in reader.ReadAsync(cancellationToken))
            ids.Add(raw.ToString());
        return ids;
    }

    private async Task<CheckedSystem> CheckAsync(SystemModel system, IRawReader reader, IReadOnlyList<HubRecord> all, Dictionary<RecordId, HubRecord> byId, HashSet<string> before, CancellationToken cancellationToken)
    {
        var raws = new Dictionary<ExternalRef, RawRecord>();
        await foreach (var raw in reader.ReadAsync(cancellationToken))
            raws[new(system.Id, raw.ObjectType, raw.Id)] = raw;
        foreach (var unlisted in all.Where(record => record.MergedInto is null).SelectMany(record => record.ActiveIn(system.Id)).Where(link => !raws.ContainsKey(link.Ref)).ToArray())
            if (await reader.FindAsync(unlisted.Ref.ObjectType, unlisted.Ref.Id, cancellationToken) is { } found)
                raws[unlisted.Ref] = found;
        var owners = all.Where(record => record.MergedInto is null)
            .SelectMany(record => record.Links.Where(link => link.Active && link.Ref.System == system.Id).Select(link => (link, record)))
            .ToLookup(pair => pair.link.Ref, pair => pair.record);
        var fields = 0;
        var result = new CheckedSystem(system.Id.Name, raws.Count, 0);
        foreach (var (reference, raw) in raws)
        {
            if (!system.Maps.TryGetValue(reference.ObjectType, out var map))
                continue;
            var owned = owners[reference].ToArray();
            if (owned is [var record])
                fields += Compare(result, system, map, record, record.Link(reference)!, raw, byId);
            else
                result.Problems.Add($"{reference} belongs to {owned.Length} records of the hub");
        }
        foreach (var record in all.Where(record => record.MergedInto is null))
            Present(result, system, record, raws, before);
        foreach (var copies in raws.Values.Where(raw => Mark(system, raw) is not null).GroupBy(raw => (raw.ObjectType, Mark(system, raw))).Where(group => group.Count() > 1))
            result.Problems.Add($"{copies.Count()} records of type {copies.Key.ObjectType} carry the hub's mark of record {copies.Key.Item2}");
        return result with { FieldsCompared = fields };
    }

    private void Present(CheckedSystem result, SystemModel system, HubRecord record, Dictionary<ExternalRef, RawRecord> raws, HashSet<string> before)
    {
        var links = record.ActiveIn(system.Id).ToArray();
        foreach (var link in links.Where(link => !raws.ContainsKey(link.Ref)))
            result.Problems.Add($"{record.Id} is linked to {link.Ref}, which is not there");
        if (links.Length == 0 && CreateRule.Obstacle(model.View(record, redirects.Follow), system, model.PhoneRegion) is null)
        {
            if (record.RefusedCreates.ContainsKey(system.Id))
                result.Refused++;
            else
                result.Problems.Add($"{record.Id} ({record.Kind}) is missing");
        }
        var ours = links.Count(link => !before.Contains($"{link.Ref.ObjectType}/{link.Ref.Id}"));
        if (ours > 1 || (ours == 1 && links.Length > 1 && links.Any(link => before.Contains($"{link.Ref.ObjectType}/{link.Ref.Id}")) && record.Absorbed.IsEmpty))
            result.Problems.Add($"{record.Id} was created {ours} times beside {links.Length - ours} that were there");
    }

    private int Compare(CheckedSystem result, SystemModel system, CompiledMap map, HubRecord record, LinkedRecord link, RawRecord raw, Dictionary<RecordId, HubRecord> byId)
    {
        var view = model.View(record, redirects.Follow);
        var compared = 0;
        foreach (var field in map.Outbound)
        {
            if (view.Decide(field.Map.Field) is not { } decision || record.Frozen.ContainsKey(field.Map.Field) || field.Type == FieldType.References)
                continue;
            if (!decision.Value.IsBlank && view.Permissions.Obstacle(system.Id, field.Map.Field) is not null)
                continue; // it is to stay here
            if (!field.CanSay(decision.Value))
                continue; // an owner who has no user there
            if (link.Refusals.ContainsKey(field.Map.Field) || link.Refusals.ContainsKey("*"))
            {
                result.Refused++;
                continue;
            }
            compared++;
            var same = field.Type == FieldType.Reference ? SameAccount(system, field, decision.Value, raw, byId) : SameText(field, decision.Value, raw);
            if (!same)
                result.Problems.Add($"{link.Ref}: {field.Map.Field} differs from record {record.Id}");
        }
        return compared;
    }

    private static bool SameText(CompiledField field, FieldValue wanted, RawRecord raw)
    {
        var text = raw.Fields.GetValueOrDefault(field.Map.VendorField);
        if (wanted.IsBlank && field.Map.Placeholder is { } placeholder && text == placeholder)
            return true;
        return field.ToCanonical(text) is { } held && Differences.Same(field, wanted, held);
    }

    /// <summary>The account's own record in the system; an account that is not there cannot be referred to.</summary>
    private bool SameAccount(SystemModel system, CompiledField field, FieldValue wanted, RawRecord raw, Dictionary<RecordId, HubRecord> byId)
    {
        var held = CanonicalText.Split(raw.Fields.GetValueOrDefault(field.Map.VendorField) ?? raw.Fields.GetValueOrDefault("companies"));
        if (RecordId.TryParse(wanted.Text) is not { } account || !byId.TryGetValue(redirects.Follow(account), out var record))
            return true;
        var links = record.ActiveIn(system.Id).Select(link => link.Ref.Id).ToArray();
        return links.Length == 0 || links.Intersect(held).Any();
    }

    private static string? Mark(SystemModel system, RawRecord raw) =>
        system.Maps.TryGetValue(raw.ObjectType, out var map) && map.Field(FieldDefinition.HubId) is { } field
        && RecordId.TryParse(raw.Fields.GetValueOrDefault(field.Map.VendorField)) is { } id ? id.ToString() : null;

    private async Task<IReadOnlyList<HubRecord>> RecordsAsync(CancellationToken cancellationToken)
    {
        var all = new List<HubRecord>();
        string? next = null;
        do
        {
            (var page, next) = await records.ScanAsync(next, PageSize, cancellationToken);
            all.AddRange(page);
        }
        while (next is not null);
        return all;
    }
}
