namespace StackHub.Routing.Pools;

/// <summary>What a pool remembers of a member: whole numbers only, so that every machine counts alike.</summary>
public sealed record MemberState
{
    public static readonly MemberState New = new();

    /// <summary>The current weight of smooth weighted round robin.</summary>
    public long Current { get; init; }

    /// <summary>Leads given, together with what was credited when they came or came back.</summary>
    public long Level { get; init; }

    public long Given { get; init; }

    public int Open { get; init; }

    /// <summary>When the cap's window began, and how many were given in it.</summary>
    public DateTimeOffset? WindowStart { get; init; }

    public int InWindow { get; init; }

    /// <summary>They could not be chosen at the last decision that said so of them, whatever lead it was about.</summary>
    public bool WasAway { get; init; }

    /// <summary>The day on which they caught up, and by how many.</summary>
    public DateTimeOffset? CatchUpDay { get; init; }

    public int CaughtUp { get; init; }
}

/// <summary>A pool's memory.</summary>
public sealed record PoolState(MemberDictionary Members)
{
    public static readonly PoolState Empty = new(MemberDictionary.Empty);

    /// <summary>How many wait for this pool: who comes now goes behind them.</summary>
    public int Waiting { get; init; }

    public MemberState Of(OwnerId owner) => Members.GetValueOrDefault(owner) ?? MemberState.New;

    public PoolState With(OwnerId owner, MemberState state) => this with { Members = Members.With(owner, state) };

    /// <summary>One more waits, or one fewer.</summary>
    public PoolState Waits(int more) => this with { Waiting = Math.Max(0, Waiting + more) };

    /// <summary>The lead is no longer theirs to work on.</summary>
    public PoolState Closed(OwnerId owner) => Of(owner) is { Open: > 0 } state ? With(owner, state with { Open = state.Open - 1 }) : this;

    /// <summary>The turn is given back: somebody else has the lead. Round robin keeps its place, so that no one is chosen out of turn.</summary>
    /// <param name="given">When the lead was given: a turn of an earlier window makes no room in this one.</param>
    public PoolState Refunded(OwnerId owner, DateTimeOffset given)
    {
        var state = Of(owner);
        var inWindow = state.WindowStart <= given ? Math.Max(0, state.InWindow - 1) : state.InWindow;
        return With(owner, state with { Level = state.Level - 1, Given = Math.Max(0, state.Given - 1), Open = Math.Max(0, state.Open - 1), InWindow = inWindow });
    }
}
