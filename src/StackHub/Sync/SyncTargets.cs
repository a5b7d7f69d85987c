using StackHub.Configuration;
using StackHub.Identity;
using StackHub.Records;
using StackHub.Suppression;

namespace StackHub.Sync;

/// <summary>One system that a record differs in, or is missing from.</summary>
/// <param name="Link">Null for a create.</param>
public sealed record SyncTarget(SystemModel System, string ObjectType, LinkedRecord? Link, IReadOnlyList<FieldDifference> Differences);

/// <summary>Where a record has to be written. The one place that says so: apply, push, reconcile and plan all ask here.</summary>
public sealed class SyncTargets(HubModel model, Redirects redirects, SuppressionList suppression)
{
    /// <summary>Everything that differs, whatever stage the systems are in.</summary>
    public IEnumerable<SyncTarget> Of(HubRecord record)
    {
        var view = model.View(record, redirects.Follow); // the canonical values are decided once for all systems
        return model.Order.SelectMany(system => In(view, model.Systems[system]));
    }

    public IEnumerable<SyncTarget> In(HubRecord record, SystemModel system) => In(model.View(record, redirects.Follow), system);

    private IEnumerable<SyncTarget> In(CanonicalView view, SystemModel system)
    {
        var record = view.Record;
        if (record.MergedInto is not null || suppression.Holds(record.Id))
            return [];
        var links = record.Links.Where(link => link.Active && link.Ref.System == system.Id && system.Maps.ContainsKey(link.Ref.ObjectType)).ToArray();
        return links.Length > 0 ? Updates(view, system, links) : Creates(view, system);
    }

    private static IEnumerable<SyncTarget> Updates(CanonicalView view, SystemModel system, LinkedRecord[] links)
    {
        foreach (var link in links)
        {
            var differences = Differences.For(view, link, system.Maps[link.Ref.ObjectType]);
            if (differences.Count > 0 && !Refused(link, differences))
                yield return new(system, link.Ref.ObjectType, link, differences);
        }
    }

    private IEnumerable<SyncTarget> Creates(CanonicalView view, SystemModel system)
    {
        if (CreateRule.Obstacle(view, system, model.PhoneRegion) is not null)
            yield break;
        var objectType = system.Creates[view.Record.Kind];
        var differences = Differences.ForCreate(view, system.Maps[objectType]);
        if (!view.Record.RefusedCreates.TryGetValue(system.Id, out var refusal) || refusal.ValueHash != Signature(differences))
            yield return new(system, objectType, null, differences);
    }

    private static bool Refused(LinkedRecord link, IReadOnlyList<FieldDifference> differences) =>
        link.Refusals.TryGetValue("*", out var refusal) && refusal.ValueHash == Signature(differences);

    /// <summary>What a refused write wanted; the same is not tried again until it changes or is replayed.</summary>
    public static string Signature(IReadOnlyList<FieldDifference> differences) =>
        ValueHash.Of(string.Join('\u001F', differences.Select(difference => $"{difference.Field.Map.Field}={difference.Wanted.Text}")));
}
