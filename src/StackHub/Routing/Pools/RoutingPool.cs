using System.Collections.Immutable;

namespace StackHub.Routing.Pools;

/// <summary>How a pool chooses.</summary>
public enum PickStrategy
{
    /// <summary>Smooth weighted round robin, as nginx does it.</summary>
    Weighted,

    /// <summary>Whoever has had least for their weight.</summary>
    Load,

    /// <summary>The same member for the same company, by weighted rendezvous hashing.</summary>
    Sticky,
}

/// <summary>What becomes of somebody's arrears when they come back (of <see cref="PickStrategy.Load"/>; the other two keep none).</summary>
public enum ReturnPolicy
{
    /// <summary>They start level with whoever has least.</summary>
    Forgive,

    /// <summary>They start at the others' average.</summary>
    Average,

    /// <summary>They may catch up, by so many leads a day.</summary>
    CatchUp,
}

public enum CapWindow
{
    Hour,
    Day,
    Week,
}

/// <summary>At most so many leads in a window of the owner's own calendar.</summary>
public sealed record WindowCap(int Count, CapWindow Window);

/// <param name="Weight">From 1; twice the weight gets twice as many.</param>
public sealed record PoolMember(OwnerId Owner, int Weight)
{
    public WindowCap? Cap { get; init; }

    /// <summary>Most leads of this pool that they may have open at once.</summary>
    public int? OpenCap { get; init; }
}

/// <summary>Members, in the order that breaks ties, and how one of them is chosen.</summary>
public sealed record RoutingPool(string Name, PickStrategy Strategy, ImmutableArray<PoolMember> Members)
{
    public ReturnPolicy Returns { get; init; } = ReturnPolicy.Average;

    /// <summary>Of <see cref="ReturnPolicy.CatchUp"/>: how many more than their turn a day.</summary>
    public int CatchUpADay { get; init; } = 2;

    /// <summary>Leads outside a member's hours wait for nobody: somebody who is not working may get them.</summary>
    public bool AroundTheClock { get; init; }

    /// <summary>Only members who have all the lead's skills, and speak its language.</summary>
    public bool Matches { get; init; }
}
