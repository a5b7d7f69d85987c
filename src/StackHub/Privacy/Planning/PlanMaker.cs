using StackHub.Configuration;
using StackHub.Connecting;
using StackHub.Flows;
using StackHub.Mapping;
using StackHub.Records;
using StackHub.Security;

namespace StackHub.Privacy.Planning;

/// <param name="CanErase">Whether the system's connector erases by itself.</param>
/// <param name="Calls">What will be sent for a record.</param>
public sealed record PlanFacts(HubModel Model, HubKeys Keys, Func<SystemId, bool> CanErase, Func<ExternalRef, TaskAction, IReadOnlyList<string>> Calls)
{
    /// <summary>What an erasure of a record would take along, by record; those that take nothing along are missing.</summary>
    public IReadOnlyDictionary<ExternalRef, ErasureReach> Reach { get; init; } = new Dictionary<ExternalRef, ErasureReach>();

    /// <summary>What a rectification puts right.</summary>
    public IReadOnlyList<Correction> Corrections { get; init; } = [];

    /// <summary>A person has about one record a system; more than this needs a second look.</summary>
    public int WideFrom { get; init; } = 20;
}

/// <summary>The pure plan: every record of the person in every connected system, what is done to it, and in which order.</summary>
public static class PlanMaker
{
    public static RequestPlan Of(PrivacyRequestKind kind, Subject subject, PlanFacts facts)
    {
        var stages = FeedOrder.Stages(facts.Model);
        (HubRecord Record, LinkedRecord Link)[] links = [.. subject.Links.Where(one => facts.Model.Systems.ContainsKey(one.Link.Ref.System))];
        PlanSystem[] systems =
        [
            .. links.Select(one => one.Link.Ref.System).Distinct()
                .Select(system => System(facts.Model.Systems[system], ActionOf(kind, facts.Model.Systems[system], [.. links.Select(one => one.Link.Ref).Where(reference => reference.System == system)], facts), stages[system], ReachOf(system, facts)))
                .OrderBy(system => system.Stage).ThenBy(system => system.System),
        ];
        var actions = systems.ToDictionary(system => system.System, system => system.Action);
        PlanItem[] items = [.. links.Select(one => new PlanItem(one.Link.Ref.System, one.Link.Ref.ObjectType, one.Link.Ref.Id, one.Record.Id, FoundBy(one.Record, one.Link), facts.Calls(one.Link.Ref, actions[one.Link.Ref.System])))];
        string[] wide = KindRules.Stops(kind) ? [] : [.. Wide(systems, items, facts)];
        return new()
        {
            Items = items,
            Systems = KindRules.Copies(kind) && subject.Records.Count > 0 ? [.. Hub(kind, subject, facts)] : [.. Hub(kind, subject, facts), .. systems],
            Records = [.. subject.Records.Select(record => record.Id)],
            Aliases = [.. subject.Aliases.Select(alias => alias.Hash(facts.Keys)).Order(StringComparer.Ordinal)],
            Tombstones = KindRules.Erases(kind) ? [.. subject.Own.Select(alias => alias.Hash(facts.Keys)).Order(StringComparer.Ordinal)] : [],
            Kept = [.. subject.Shared.SelectMany(shared => shared.Value).Distinct().Order().Select(record => $"record {record} has the same address or number and is somebody else's")],
            Wide = wide,
            Corrections = Correction.Hash(facts.Corrections, facts.Keys),
            ApprovalsNeeded = KindRules.Stops(kind) ? 0 : wide.Length > 0 ? 2 : 1,
        };
    }

    /// <summary>What the hub itself does, before any system.</summary>
    private static IEnumerable<PlanSystem> Hub(PrivacyRequestKind kind, Subject subject, PlanFacts facts)
    {
        if (KindRules.Ends(kind) is { } use && facts.Model.Purposes.All.Any(purpose => purpose.Use == use))
            yield return new(HubAuthor.System, TaskAction.Consent, 0, "the refusal goes into the ledger of consent, and from there to every system");
        if (kind == PrivacyRequestKind.Restriction && subject.Records.Count > 0)
            yield return new(HubAuthor.System, TaskAction.Restrict, 0, "nothing of the person is taken in, written or deleted until it is lifted");
        if (KindRules.Copies(kind) && subject.Records.Count > 0)
            yield return new(HubAuthor.System, TaskAction.Package, 0, "everything of them is read from every system and packed for them");
    }

    private static PlanSystem System(SystemModel system, TaskAction action, int stage, ErasureReach[] reach)
    {
        var vendor = VendorErasure.Of(system.Connector);
        var note = action switch
        {
            TaskAction.Erase => $"{(vendor.IsSaid ? $"gone {VendorTime.Within(vendor.Gone)} by the vendor's word" : $"the vendor names no time; {VendorTime.Of(vendor.Gone)} is reckoned")}{(vendor.TakesAlong is { } along ? $"; takes {along}" : "")}",
            TaskAction.Redact => $"erasing would take along {string.Join(" and ", reach.Select(one => $"{one.Takes} {one.What}, of which {one.Retained} are kept"))}: its fields are emptied instead and read back",
            TaskAction.OptOut => "marketing consent is set there",
            TaskAction.Correct => "what is put right is written there and read back",
            _ => $"{system.Connector.DisplayName} cannot be asked for this; a person does it there",
        };
        return new(system.Id, action, stage, note);
    }

    private static TaskAction ActionOf(PrivacyRequestKind kind, SystemModel system, IReadOnlyList<ExternalRef> references, PlanFacts facts)
    {
        var objectTypes = references.Select(reference => reference.ObjectType).Distinct().ToArray();
        if (KindRules.Erases(kind) && ReachOf(system.Id, facts).Any(reach => reach.Retained > 0))
            return objectTypes.All(type => Redaction.Of(system, type, facts.Model).Count > 0) ? TaskAction.Redact : TaskAction.Manual;
        if (KindRules.Erases(kind))
            return facts.CanErase(system.Id) ? TaskAction.Erase : TaskAction.Manual;
        if (facts.Corrections.Count > 0)
            return objectTypes.All(type => facts.Corrections.All(correction => CanCorrect(system, type, correction, facts.Model))) ? TaskAction.Correct : TaskAction.Manual;
        return KindRules.Stops(kind) && objectTypes.All(type => OptOutField(system, type) is not null) ? TaskAction.OptOut : TaskAction.Manual;
    }

    private static ErasureReach[] ReachOf(SystemId system, PlanFacts facts) =>
        [.. facts.Reach.Where(one => one.Key.System == system).OrderBy(one => one.Key).Select(one => one.Value)];

    /// <summary>The vendor's field of marketing consent; null when none is mapped that could be written.</summary>
    public static FieldMap? OptOutField(SystemModel system, string objectType) =>
        system.Maps.GetValueOrDefault(objectType)?.Field("emailOptOut") is { } field && field.Map.Direction.HasFlag(MapDirection.Out) ? field.Map : null;

    /// <summary>The field is mapped so that it can be written, the vendor has a word for the value, and no purpose stands in between.</summary>
    private static bool CanCorrect(SystemModel system, string objectType, Correction correction, HubModel model) =>
        system.Maps.GetValueOrDefault(objectType)?.Field(correction.Field) is { IsReference: false } field && field.Map.Direction.HasFlag(MapDirection.Out)
        && field.CanSay(new(correction.Value)) && !model.Purposes.BoundIn(system.Id).Any(purpose => purpose.Bound[system.Id].Contain(correction.Field));

    private static string FoundBy(HubRecord record, LinkedRecord link) =>
        record.MergedInto is not null ? "a record that was merged into theirs"
        : link.MovedTo is not null ? "a record there that went on as another"
        : link.Active ? "a record linked by syncing"
        : "a record deleted there, which may be restorable";

    private static IEnumerable<string> Wide(IReadOnlyList<PlanSystem> systems, IReadOnlyList<PlanItem> items, PlanFacts facts)
    {
        if (items.Count >= facts.WideFrom)
            yield return $"{items.Count} records are erased, {facts.WideFrom} or more.";
        foreach (var system in systems.Where(system => system.Action == TaskAction.Erase))
            foreach (var reach in ReachOf(system.System, facts).Where(reach => reach.Takes > 0))
                yield return $"{system.System} erases {reach.Takes} {reach.What} along.";
        foreach (var system in systems.Where(system => system.Action == TaskAction.Erase))
            if (VendorErasure.Of(facts.Model.Systems[system.System].Connector) is { IsWide: true, TakesAlong: { } along })
                yield return $"{system.System} erases {along}, {items.Count(item => item.System == system.System)} times.";
    }
}
