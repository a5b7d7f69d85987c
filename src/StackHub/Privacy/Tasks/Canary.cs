using System.Collections.Concurrent;
using StackHub.Configuration;
using StackHub.Connecting;
using StackHub.Records;
using StackHub.Suppression;

namespace StackHub.Privacy.Tasks;

/// <summary>
/// Whether absence can be believed: a credential that lost its rights reads nothing and is told "200". Somebody who is known to be there
/// is read with the same call; where nobody is known, the first page has to show anybody at all.
/// </summary>
public sealed class Canary(ConnectorSet connectors, HubModel model, RecordStore records, SuppressionList suppression)
{
    private const int Kept = 3;

    /// <summary>Where nearly all are erased, nearly all are read to find who stays: few at a time, so that they are let go while they are young.</summary>
    private const int Page = 25;
    private readonly ConcurrentDictionary<(SystemId, string), IReadOnlyList<ExternalRef>> known = new();

    public async Task<bool> SeesAsync(SystemId system, string objectType, CancellationToken cancellationToken)
    {
        await suppression.EnsureFreshAsync(cancellationToken);
        var birds = known.TryGetValue((system, objectType), out var cached) ? Living(cached) : [];
        if (birds.Count == 0)
            known[(system, objectType)] = birds = await FindAsync(system, objectType, cancellationToken);
        if (birds.Count > 0 && await ReadsAnyAsync(birds, cancellationToken))
            return true;
        known.TryRemove((system, objectType), out _);
        return birds.Count == 0 && await ScansAnyAsync(system, objectType, cancellationToken);
    }

    private IReadOnlyList<ExternalRef> Living(IReadOnlyList<ExternalRef> birds) => [.. birds.Where(bird => !suppression.Holds(bird))];

    private async Task<IReadOnlyList<ExternalRef>> FindAsync(SystemId system, string objectType, CancellationToken cancellationToken)
    {
        var birds = new List<ExternalRef>();
        string? next = null;
        do
        {
            (var page, next) = await records.ScanAsync(next, Page, cancellationToken);
            birds.AddRange(page.Where(record => record.MergedInto is null && !suppression.Holds(record.Id)).SelectMany(record => record.Links)
                .Where(link => link.Active && link.Ref.System == system && link.Ref.ObjectType == objectType && !suppression.Holds(link.Ref)).Select(link => link.Ref));
        }
        while (next is not null && birds.Count < Kept);
        return [.. birds.Take(Kept)];
    }

    private async Task<bool> ReadsAnyAsync(IReadOnlyList<ExternalRef> birds, CancellationToken cancellationToken)
    {
        foreach (var bird in birds) // one by one, since a system may read only one
            if ((await connectors[bird.System].ReadAsync(bird.ObjectType, FieldsOf(bird.System, bird.ObjectType), [bird.Id], cancellationToken)).Any(change => change is Change.Seen))
                return true;
        return false;
    }

    private async Task<bool> ScansAnyAsync(SystemId system, string objectType, CancellationToken cancellationToken)
    {
        await foreach (var page in connectors[system].ScanAsync(objectType, FieldsOf(system, objectType), null, cancellationToken))
            return page.Records.Count > 0;
        return false;
    }

    private IReadOnlyList<string> FieldsOf(SystemId system, string objectType) =>
        model.Systems.TryGetValue(system, out var configured) && configured.Maps.TryGetValue(objectType, out var map) ? [.. map.VendorFields.Take(1)] : [];
}
