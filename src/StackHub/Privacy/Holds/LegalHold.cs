using StackHub.Records;

namespace StackHub.Privacy.Holds;

/// <summary>
/// Something that must not be deleted, and why: a person, known by any alias, in every system, in one, or one record there. While it
/// stands nothing it covers is dispatched; when it is lifted, work goes on by itself.
/// </summary>
/// <param name="Aliases">Keyed hashes of what the person is known by.</param>
/// <param name="Ground">Whose claim or which duty it is; no personal data.</param>
public sealed record LegalHold(string Id, IReadOnlyList<string> Aliases, string Ground, string PlacedBy)
{
    /// <summary>From when on nothing is dispatched: set when every open request knows it.</summary>
    public DateTimeOffset? EffectiveAt { get; init; }

    public DateTimeOffset? LiftedAt { get; init; }

    public string? LiftedBy { get; init; }

    public HoldScope Scope { get; init; } = HoldScope.Everything;
}

/// <summary>What of a person is held; null is "all".</summary>
public sealed record HoldScope(SystemId? System, string? ObjectType, string? Id)
{
    public static readonly HoldScope Everything = new(null, null, null);

    public bool Covers(SystemId system, string objectType, string id) =>
        (System is not { } one || one == system) && (ObjectType is null || ObjectType == objectType) && (Id is null || Id == id);
}

/// <summary>One record is kept by right: it does not stop the rest.</summary>
/// <param name="Ground">The law's words for it ("legal obligation: invoices").</param>
/// <param name="Until">When the right to keep it ends.</param>
public sealed record Exemption(HoldScope Scope, string Ground, DateTimeOffset Until, string By);

/// <summary>What every dispatch of a request passes, by compare-and-set: the holds and exemptions that stand now.</summary>
public sealed record RequestGate
{
    /// <summary>The person's aliases, hashed: a hold that names any of them is theirs.</summary>
    public IReadOnlyList<string> Aliases { get; init; } = [];

    public IReadOnlyList<GateHold> Holds { get; init; } = [];

    public IReadOnlyList<Exemption> Exemptions { get; init; } = [];

    public GateHold? HoldOn(SystemId system, string objectType, string id) => Holds.FirstOrDefault(hold => hold.Scope.Covers(system, objectType, id));

    public Exemption? ExemptionOf(SystemId system, string objectType, string id, DateTimeOffset now) =>
        Exemptions.FirstOrDefault(exemption => exemption.Until > now && exemption.Scope.Covers(system, objectType, id));

    public RequestGate With(GateHold hold) => Holds.Any(known => known.Id == hold.Id) ? this : this with { Holds = [.. Holds, hold] };

    public RequestGate Without(string hold) => Holds.All(known => known.Id != hold) ? this : this with { Holds = [.. Holds.Where(known => known.Id != hold)] };
}

public sealed record GateHold(string Id, string Ground, HoldScope Scope);
