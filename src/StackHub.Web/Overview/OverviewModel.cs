using StackHub.Connecting;
using StackHub.Web.Shell;
using StackHub.Web.Systems;

namespace StackHub.Web.Overview;

/// <summary>The hub at a glance.</summary>
/// <param name="Waiting">Records that wait to be written, over all systems.</param>
public sealed record OverviewModel(HubSnapshot Hub, IReadOnlyList<Attention> Attention, FlowModel Flow, Bounded Waiting, int Messages)
{
    public static OverviewModel Of(HubSnapshot hub) => new(
        hub,
        [.. Attentions(hub)],
        FlowModel.Of(hub.Systems),
        new(hub.Systems.Sum(entry => entry.System.Outbox.Count), hub.Systems.Any(entry => entry.System.Outbox.AtLeast)),
        hub.Queues.Sum(queue => queue.Value));

    private static IEnumerable<Attention> Attentions(HubSnapshot hub)
    {
        foreach (var system in hub.Systems.Select(entry => entry.System))
            if (Of(system) is { } attention)
                yield return attention;
        if (hub.OpenConflicts.Count > 0)
            yield return new(new(Tone.Warning, $"{hub.OpenConflicts} to decide"), "Cases only a person can decide: perhaps the same person twice, or tools that fight over a field.", "conflicts", "Decide");
        if (hub.DeadLetters.Count > 0)
            yield return new(new(Tone.Bad, $"{hub.DeadLetters} refused"), "Writes a tool refused, or messages that failed. Mend the cause, then replay them.", "dead-letters", "Look");
    }

    private static Attention? Of(SystemView system) => system switch
    {
        { Stage: SystemStage.New } => new(SystemStatus.Of(system), $"{system.Id} was never read. Start a backfill; nothing is written before its plan is approved.", "runs", "Start a run"),
        { Stage: SystemStage.Baselined } => new(SystemStatus.Of(system), $"{system.Id} was read in full. Look at its plan, then approve it.", $"plan?system={system.Id}", "See the plan"),
        { Paused: { } reason } => new(SystemStatus.Of(system), $"{system.Id}: {reason}.", $"systems/{system.Id}", "Look"),
        { BlockedUntil: { } until } => new(SystemStatus.Of(system), $"{system.Id} asked to be left alone until {Instants.Exact(until)}; the hub goes on by itself then.", $"systems/{system.Id}", "Look"),
        _ => null,
    };
}

/// <summary>Something a person should look at.</summary>
/// <param name="Path">Where, from "console/".</param>
/// <param name="Action">What the link there says.</param>
public sealed record Attention(Status Status, string What, string Path, string Action);
