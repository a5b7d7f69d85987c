using System.Collections.Immutable;
using System.Diagnostics;
using System.Text.Json.Serialization;
using StackHub.Records;
using StackHub.Routing.Pools;

namespace StackHub.Routing.Ledger;

/// <summary>How a decision stands.</summary>
public enum LedgerState
{
    Decided,

    /// <summary>Waits in the holding queue.</summary>
    Held,

    /// <summary>The turn was given back, since somebody had taken the lead before the owner was written.</summary>
    Refunded,

    /// <summary>It waited for a pool that is no longer its own; its next routing decides.</summary>
    Moved,

    /// <summary>The owner is done with it, or gave it to somebody else: it is no open lead of theirs any more.</summary>
    Closed,

    /// <summary>It was taken away from the owner, who let it lie; its next routing decides.</summary>
    Released,

    /// <summary>It waited until nobody was needed any more.</summary>
    Withdrawn,
}

/// <summary>One routing of one lead, as it is kept: the decision, why, and how it stands. It holds no personal data of the lead, and nothing but how it stands ever changes.</summary>
public sealed record LedgerEntry(RecordId Lead, int Attempt, LedgerState State, RoutingTrace Trace)
{
    public string? Owner { get; init; }

    public string? Step { get; init; }

    /// <summary>The pool whose turn it was; null where none was used.</summary>
    public string? Pool { get; init; }

    /// <summary>Why nobody got it.</summary>
    public string? Reason { get; init; }

    /// <summary>Where it waits in the holding queue.</summary>
    public string? HeldRow { get; init; }

    /// <summary>Owners who had it before and let it lie.</summary>
    public ImmutableArray<string>? Excluded { get; init; }

    /// <summary>Who moved it here by hand; null where the rules alone decided.</summary>
    public RoutingOrder? Order { get; init; }

    /// <summary>Who moved it away by hand; the next routing carries that out.</summary>
    public RoutingOrder? EndedBy { get; init; }

    /// <summary>When the decision ended, and why.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    public string? Ended { get; init; }

    [JsonIgnore]
    public RoutingDecision Decision => (Owner, State) switch
    {
        ({ } owner, _) => new RoutingDecision.Assigned(new(owner), Step!, Pool),
        (null, LedgerState.Held) => new RoutingDecision.Held(Reason!),
        _ => new RoutingDecision.NotRouted(Reason!),
    };

    public static LedgerEntry Of(LeadCase lead, RoutedLead routed)
    {
        var entry = new LedgerEntry(lead.Lead, lead.Attempt, LedgerState.Decided, routed.Trace)
        {
            Excluded = lead.Excluded.IsEmpty ? null : [.. lead.Excluded.Select(owner => owner.Name)],
            Order = lead.Order,
        };
        return routed.Decision switch
        {
            RoutingDecision.Assigned assigned => entry with { Owner = assigned.Owner.Name, Step = assigned.Step, Pool = assigned.Pool },
            RoutingDecision.Held held => entry with { State = LedgerState.Held, Reason = held.Reason },
            RoutingDecision.NotRouted not => entry with { Reason = not.Reason },
            _ => throw new UnreachableException(),
        };
    }

    /// <summary>The routing that only says that a person moved the lead, where there was no decision to end: the next one carries it out.</summary>
    /// <param name="from">Who has it, so that their having it is no objection; null for nobody.</param>
    public static LedgerEntry OfOrder(RecordId lead, int attempt, RoutingOrder order, string? from, string plan, DateTimeOffset at) =>
        new(lead, attempt, LedgerState.Released, new(plan, at, [], [], "moved by hand"))
        {
            Reason = RoutingOrder.ByHand,
            Excluded = from is null ? null : [from],
            EndedBy = order,
            Ended = RoutingOrder.ByHand,
            EndedAt = at,
        };

    public override string ToString() => $"routing {Attempt} of {Lead}: {State}";
}

/// <summary>What is kept of a pool.</summary>
internal sealed record KeptMember(string Owner, MemberState State);

[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault, UseStringEnumConverter = true)]
[JsonSerializable(typeof(LedgerEntry))]
[JsonSerializable(typeof(ImmutableArray<KeptMember>))]
internal sealed partial class LedgerJson : JsonSerializerContext;
