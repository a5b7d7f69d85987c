using System.Security.Cryptography;
using System.Text;
using StackHub.Lifecycle.Journeys;
using StackHub.Lifecycle.Machine;
using StackHub.Records;

namespace StackHub.Lifecycle.Overrides;

/// <summary>Why an override is not taken.</summary>
public enum OverrideRefusal
{
    /// <summary>There is no such override.</summary>
    Unknown,

    /// <summary>There is no lifecycle, or nobody like that is in it.</summary>
    NoPerson,

    /// <summary>The person is in no stage whose reason has to expire.</summary>
    NotRuledOut,

    /// <summary>Several journeys of the person are ruled out: the motion has to be named.</summary>
    WhichMotion,

    /// <summary>It is proposed already.</summary>
    Proposed,

    /// <summary>Whoever proposed it cannot approve it.</summary>
    SamePerson,

    /// <summary>It was decided, or the person has moved since.</summary>
    Over,
}

/// <summary>What two people may do about somebody who was ruled out. Pure.</summary>
public static class OverrideRules
{
    /// <summary>The person's journeys that wait for a reason to expire.</summary>
    public static IEnumerable<Journey> RuledOut(LifecycleMachine machine, IEnumerable<Journey> journeys) =>
        journeys.Where(journey => machine.Find(journey.Current) is { NeedsExpiry: true, Reopens.IsEmpty: false });

    public static StageOverride Propose(LifecycleMachine machine, RecordId person, Journey journey, OverrideSignature proposed)
    {
        var (from, cycle) = (machine[journey.Current], journey.Cycles[^1].Number);
        return new(IdOf(person, journey, cycle), person, journey.Account, journey.Motion, cycle, from.Name, from.Reopens[0], OverrideState.Proposed, proposed);
    }

    /// <summary>Null when this person may decide it now.</summary>
    /// <param name="approve">Anybody may reject it, whoever proposed it too.</param>
    public static OverrideRefusal? Refusal(StageOverride proposed, IEnumerable<Journey> journeys, string by, bool approve)
    {
        if (proposed.State != OverrideState.Proposed)
            return OverrideRefusal.Over;
        if (approve && proposed.Proposed.By == by)
            return OverrideRefusal.SamePerson;
        var isThere = journeys.Any(journey => journey.Motion == proposed.Motion && journey.Cycles[^1].Number == proposed.Cycle && journey.Current == proposed.From);
        return approve && !isThere ? OverrideRefusal.Over : null;
    }

    /// <summary>What an approved override says: it opens the next cycle at the moment of the approval, and behind what it overrides even where a tool's clock is ahead.</summary>
    public static LifecycleEvent EventOf(LifecycleMachine machine, StageOverride approved, IEnumerable<Journey> journeys)
    {
        var since = journeys.Where(journey => journey.Motion == approved.Motion && journey.Account == approved.Account).Select(journey => journey.Cycles[^1].Since.AddMilliseconds(1)).DefaultIfEmpty(approved.Decided!.At).Max();
        var at = since > approved.Decided!.At ? since : approved.Decided.At;
        return new($"override-{approved.Id}-{at.UtcTicks}", approved.Person, approved.To, machine[approved.To].Authorities[0], at, approved.Decided.At)
        {
            Source = "override",
            Account = approved.Account,
            Motion = approved.Motion,
            Reason = approved.Proposed.Reason,
            IsOverride = true,
        };
    }

    private static string IdOf(RecordId person, Journey journey, int cycle) =>
        System.Buffers.Text.Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes($"{person}\n{journey.Account}\n{journey.Motion}\n{cycle}")).AsSpan(0, 12));
}
