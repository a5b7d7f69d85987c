using System.Collections.Immutable;
using StackHub.Lifecycle.Journeys;
using StackHub.Lifecycle.Machine;

namespace StackHub.Lifecycle.Reports;

/// <summary>Who could have kept the lead.</summary>
public enum LeakOwner
{
    Marketing,
    Sales,
    CustomerSuccess,
    Nobody,
}

/// <summary>The one cause for which a cycle came to nothing.</summary>
/// <param name="Cause">The stage it leaked to, or "stalled"; and the reason somebody gave, or the stage it leaked from.</param>
public sealed record Leak(string Cause, LeakOwner Owner, string From, DateTimeOffset At);

/// <summary>
/// Why leads were lost, so that the sums agree: every cycle that ended in a detour, or stands still for too long, has one cause and one
/// owner; a cycle that is on its way or won has none.
/// </summary>
public static class LeakLedger
{
    public const string Stalled = "stalled";

    /// <param name="stalledAfter">So long in one stage of the path without a promise kept is a leak.</param>
    public static Leak? Of(LifecycleMachine machine, FactStages facts, Cycle cycle, TimeSpan stalledAfter, DateTimeOffset now)
    {
        var last = cycle.Entries[^1];
        var path = cycle.Entries.Where(entry => machine[entry.Stage].Order is not null).ToImmutableArray();
        var from = path.IsEmpty ? machine.Start.Name : path[^1].Stage;
        if (machine[last.Stage].Order is null)
            return new($"{last.Stage}: {last.Reason ?? $"after {from}"}", OwnerOf(machine, facts, from), from, last.At);
        return machine[last.Stage].Order < machine[facts.Won].Order && last.Stage != machine.Start.Name && now - last.At > stalledAfter
            ? new($"{Stalled}: in {last.Stage}", OwnerOf(machine, facts, last.Stage), last.Stage, last.At)
            : null;
    }

    /// <summary>Up to the qualified lead marketing has it, then sales, and success once it was won.</summary>
    private static LeakOwner OwnerOf(LifecycleMachine machine, FactStages facts, string from) => machine[from].Order switch
    {
        null => LeakOwner.Nobody,
        var order when order >= machine[facts.Won].Order => LeakOwner.CustomerSuccess,
        var order when order >= machine[facts.Qualified].Order => LeakOwner.Sales,
        _ => LeakOwner.Marketing,
    };
}
