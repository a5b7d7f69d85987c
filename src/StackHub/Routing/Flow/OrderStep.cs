using StackHub.Routing.Ledger;

namespace StackHub.Routing.Flow;

/// <summary>What a person's order comes to, as the lead and its last routing stand. Pure.</summary>
public abstract record OrderStep
{
    private OrderStep()
    {
    }

    /// <summary>It cannot be done.</summary>
    public sealed record Refuse(OrderRefusal Why) : OrderStep;

    /// <summary>It waits, and is tried out of its turn.</summary>
    public sealed record Release : OrderStep;

    /// <summary>The decision ends, and the next routing carries the order out.</summary>
    public sealed record Take : OrderStep;

    /// <summary>There is no decision to end: the order is kept as a routing of its own, and the next one carries it out.</summary>
    /// <param name="From">Who has it; null for nobody.</param>
    public sealed record Begin(string? From) : OrderStep;

    /// <param name="last">Null before the first routing, or when a crash left it out.</param>
    public static OrderStep Of(RoutingPlan plan, LeadStanding lead, LedgerEntry? last, RoutingOrder order) => order.To switch
    {
        { } to when plan.Owners.GetValueOrDefault(to) is not { IsActive: true, IsQueue: false } => new Refuse(OrderRefusal.UnknownOwner),
        _ when lead.IsSuppressed => new Refuse(OrderRefusal.Suppressed),
        { } to when lead.IsOwned && lead.Owner == to.Name => new Refuse(OrderRefusal.HasIt),
        null when !lead.IsRoutable || lead.IsClosed => new Refuse(OrderRefusal.NoLead),
        _ => last switch
        {
            { State: LedgerState.Held } => new Release(),
            { State: LedgerState.Decided, Owner: not null } => new Take(),
            _ => new Begin(lead.Owner),
        },
    };
}

/// <summary>Why an order is not carried out.</summary>
public enum OrderRefusal
{
    /// <summary>There is no routing in the configuration.</summary>
    NoRouting,

    /// <summary>No person like that is there.</summary>
    NoPerson,

    /// <summary>The person is no lead, by the rules.</summary>
    NoLead,

    /// <summary>Nobody may write to the person.</summary>
    Suppressed,

    /// <summary>No such owner, or one who left, or a queue.</summary>
    UnknownOwner,

    /// <summary>They have it already.</summary>
    HasIt,

    /// <summary>It waits, and nobody can take it now.</summary>
    NobodyCan,

    /// <summary>It was routed anew since it was looked at.</summary>
    Changed,

    /// <summary>Somebody took it in a tool before the owner was written.</summary>
    Taken,
}

/// <summary>What became of an order.</summary>
public abstract record OrderAnswer
{
    private OrderAnswer()
    {
    }

    /// <summary>Carried out, by this call or an earlier one of the same words.</summary>
    /// <param name="Last">The routing that did.</param>
    public sealed record Done(LedgerEntry Last) : OrderAnswer;

    public sealed record Refused(OrderRefusal Why) : OrderAnswer
    {
        /// <summary>The name in output: "nobody-can".</summary>
        public string Code => Why switch
        {
            OrderRefusal.NoRouting => "no-routing",
            OrderRefusal.NoPerson => "no-person",
            OrderRefusal.NoLead => "no-lead",
            OrderRefusal.Suppressed => "suppressed",
            OrderRefusal.UnknownOwner => "unknown-owner",
            OrderRefusal.HasIt => "has-it",
            OrderRefusal.NobodyCan => "nobody-can",
            OrderRefusal.Taken => "taken",
            _ => "changed",
        };

        public string Message => Why switch
        {
            OrderRefusal.NoRouting => "There is no routing: add routing: to stackhub.yaml.",
            OrderRefusal.NoPerson => "Nobody like that is there any more.",
            OrderRefusal.NoLead => "The person is no lead by the rules; name the owner who is to have them.",
            OrderRefusal.Suppressed => "Nobody may write to this person, so nobody gets them.",
            OrderRefusal.UnknownOwner => "There is no such owner who is still here; the routing page lists them.",
            OrderRefusal.HasIt => "They have the lead already.",
            OrderRefusal.NobodyCan => "Nobody can take the lead now, so it goes on waiting; name the owner who is to have it all the same.",
            OrderRefusal.Taken => "Somebody owns the lead in a tool, which the hub learned only now; order it again to take it from them.",
            _ => "The lead was moved since you looked; look again.",
        };
    }
}
