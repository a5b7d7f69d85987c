using StackHub.Configuration;
using StackHub.Identity;
using StackHub.Records;
using StackHub.Suppression;

namespace StackHub.Sync;

/// <summary>One system that a record differs in, or is missing from.</summary>
/// <param name="Link">Null for a create.</param>
public sealed record SyncTarget(SystemModel System, string ObjectType, LinkedRecord? Link, IReadOnlyList<FieldDifference> Differences);

/// <summary>Where a record has to be written, and what of it stays here. The one place that says so: apply, push, reconcile, plan and explain all ask here.</summary>
public sealed class SyncTargets(HubModel model, Redirects redirects, SuppressionList suppression)
{
    /// <summary>Everything that differs and may be written, whatever stage the systems are in.</summary>
    public IEnumerable<SyncTarget> Of(HubRecord record)
    {
        var view = model.View(record, redirects.Follow); // the canonical values are decided once for all systems
        return model.Order.SelectMany(system => In(view, model.Systems[system]));
    }

    public IEnumerable<SyncTarget> In(HubRecord record, SystemModel system) => In(model.View(record, redirects.Follow), system);

    /// <summary>What differs and does not leave the hub: the person has not allowed it, or processing is restricted.</summary>
    public IEnumerable<Withheld> Withheld(HubRecord record, SystemId? only = null)
    {
        var view = model.View(record, redirects.Follow);
        return model.Order.Where(system => only is null || only == system).SelectMany(system => Differing(view, model.Systems[system])).SelectMany(target => Withheld(view, target));
    }

    private IEnumerable<SyncTarget> In(CanonicalView view, SystemModel system)
    {
        if (view.Permissions.RestrictedSince is not null)
            yield break;
        foreach (var target in Differing(view, system))
            if (Allowed(view, target) is { } allowed && !Refused(view.Record, allowed))
                yield return allowed;
    }

    /// <summary>Whatever anybody allowed.</summary>
    private IEnumerable<SyncTarget> Differing(CanonicalView view, SystemModel system)
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
            if (differences.Count > 0)
                yield return new(system, link.Ref.ObjectType, link, differences);
        }
    }

    private IEnumerable<SyncTarget> Creates(CanonicalView view, SystemModel system)
    {
        if (CreateRule.Unfit(view, system, model.PhoneRegion) is not null)
            yield break;
        var objectType = system.Creates[view.Record.Kind];
        yield return new(system, objectType, null, Differences.ForCreate(view, system.Maps[objectType]));
    }

    /// <summary>What of it may be written; null when nothing may. A value that is cleared tells nothing, so it may be.</summary>
    private SyncTarget? Allowed(CanonicalView view, SyncTarget target)
    {
        if (model.Purposes.BoundIn(target.System.Id).IsEmpty)
            return target;
        if (target.Link is null && view.Permissions.Obstacle(target.System.Id) is not null)
            return null;
        FieldDifference[] allowed = [.. target.Differences.Where(difference => Obstacle(view, target, difference) is null)];
        return allowed.Length == target.Differences.Count ? target : allowed.Length == 0 ? null : target with { Differences = allowed };
    }

    private static IEnumerable<Withheld> Withheld(CanonicalView view, SyncTarget target)
    {
        var (system, type, link) = (target.System.Id, target.ObjectType, target.Link?.Ref);
        if ((link is null || view.Permissions.RestrictedSince is not null) && view.Permissions.Obstacle(system) is { } all)
            return [new(system, type, link, null, all)];
        return
            from difference in target.Differences
            let reason = Obstacle(view, target, difference)
            where reason is not null
            select new Withheld(system, type, link, difference.Field.Map.Field, reason);
    }

    private static string? Obstacle(CanonicalView view, SyncTarget target, FieldDifference difference) =>
        difference.Wanted.IsBlank ? null : view.Permissions.Obstacle(target.System.Id, difference.Field.Map.Field);

    private static bool Refused(HubRecord record, SyncTarget target) => target.Link is { } link
        ? link.Refusals.TryGetValue("*", out var refused) && refused.ValueHash == Signature(target.Differences)
        : record.RefusedCreates.TryGetValue(target.System.Id, out var refusal) && refusal.ValueHash == Signature(target.Differences);

    /// <summary>What a refused write wanted; the same is not tried again until it changes or is replayed.</summary>
    public static string Signature(IReadOnlyList<FieldDifference> differences) =>
        ValueHash.Of(string.Join('\u001F', differences.Select(difference => $"{difference.Field.Map.Field}={difference.Wanted.Text}")));
}
