using System.Collections.Immutable;
using StackHub.Configuration;
using StackHub.Connecting;
using StackHub.Identity;
using StackHub.Privacy.Packages;
using StackHub.Privacy.Planning;
using StackHub.Records;

namespace StackHub.Privacy;

/// <summary>Everything of a person from everywhere, as their systems have it now: exactly the records that an erasure would erase.</summary>
public sealed class SubjectGathering(SubjectSearch search, ConnectorSet connectors, HubModel model, TimeProvider time)
{
    /// <summary>For a request whose plan says whom it is about.</summary>
    public async Task<SubjectData> GatherAsync(PrivacyRequest request, CancellationToken cancellationToken)
    {
        var subject = await search.LoadAsync(request.Plan?.Records ?? [], request.Subject, cancellationToken);
        var records = new List<SubjectRecord>();
        foreach (var group in subject.Links.Select(one => one.Link.Ref).Where(reference => model.Systems.ContainsKey(reference.System)).GroupBy(reference => (reference.System, reference.ObjectType)))
            foreach (var chunk in group.Chunk(model.Systems[group.Key.System].ObjectOf(group.Key.ObjectType).ReadBatch))
                records.AddRange(await ReadAsync(group.Key.System, group.Key.ObjectType, chunk, cancellationToken));
        return new(request.Id.ToString(), request.Kind, time.GetUtcNow())
        {
            OwnIdentities = [.. subject.Aliases.Where(alias => alias.Kind is IdentityKey.Email or IdentityKey.Phone).Select(alias => alias.Text).Concat(Names(records)).Distinct(StringComparer.Ordinal)],
            Records = [.. records],
        };
    }

    private async Task<IEnumerable<SubjectRecord>> ReadAsync(SystemId system, string objectType, ExternalRef[] references, CancellationToken cancellationToken)
    {
        var map = model.Systems[system].Maps[objectType];
        var changes = await connectors[system].ReadAsync(objectType, map.VendorFields, [.. references.Select(reference => reference.Id)], cancellationToken);
        return changes.OfType<Change.Seen>().OrderBy(change => change.Ref).Select(change => new SubjectRecord(system.Name, objectType, change.Ref.Id, change.Record.Fields
            .SelectMany(field => map.Fields.Where(mapped => mapped.Map.VendorField == field.Key).Select(mapped => (mapped.Map.Field, field.Value.Text)))
            .DistinctBy(field => field.Field, StringComparer.Ordinal)
            .ToImmutableSortedDictionary(field => field.Field, field => field.Text, StringComparer.Ordinal)));
    }

    private static IEnumerable<string> Names(IEnumerable<SubjectRecord> records) =>
        records.SelectMany(record => new[] { record.Fields.GetValueOrDefault("firstName"), record.Fields.GetValueOrDefault("lastName") }).OfType<string>().Where(name => name.Length > 0);
}
