using System.Collections.Immutable;
using StackHub.Calendars;

namespace StackHub.Lifecycle.Machine;

/// <summary>What an event has to say before its stage may be entered.</summary>
[Flags]
public enum Needs
{
    None = 0,
    Reason = 1,
    Revisit = 2,
}

/// <summary>So many attempts in so many working days.</summary>
public sealed record AttemptRule(int Count, int WorkingDays);

/// <summary>A stage and what may follow it.</summary>
/// <param name="Order">Its place on the success path; null for a detour.</param>
/// <param name="Authorities">Who may move a person into it.</param>
/// <param name="Next">Stages that may follow within the cycle.</param>
/// <param name="Reopens">Stages that open the next cycle.</param>
public sealed record Stage(string Name, int? Order, ImmutableArray<string> Authorities, ImmutableArray<string> Next, ImmutableArray<string> Reopens)
{
    public Needs Needs { get; init; }

    /// <summary>Not entered while the person is suppressed for marketing.</summary>
    public bool Unsuppressed { get; init; }

    /// <summary>A person there counts for the account only with a role in the buying group.</summary>
    public bool NeedsRole { get; init; }

    /// <summary>How long a person may stay before somebody is told.</summary>
    public ServiceTerm? Within { get; init; }

    /// <summary>Somebody who speaks to the person has kept the promise; otherwise only leaving the stage does.</summary>
    public bool MetByTouch { get; init; }

    /// <summary>How often somebody has to try to reach the person before it is given up on them; null for no such rule.</summary>
    public AttemptRule? Attempts { get; init; }

    /// <summary>The least time before it is left for a new cycle.</summary>
    public TimeSpan Cooldown { get; init; }

    /// <summary>A new cycle needs engagement since: an old score re-fires nothing.</summary>
    public bool NeedsEngagement { get; init; }

    /// <summary>A new cycle needs the reason to have expired.</summary>
    public bool NeedsExpiry { get; init; }

    /// <summary>A cycle that begins here wins somebody back.</summary>
    public bool IsWinBack { get; init; }

    public bool IsAbsorbing => Next.IsEmpty && Reopens.IsEmpty;
}
