using StackHub.Privacy.Holds;

namespace StackHub.Privacy.Tasks;

/// <summary>The next thing a task does.</summary>
public abstract record TaskStep
{
    private TaskStep()
    {
    }

    /// <summary>Nothing, until somebody acts.</summary>
    public sealed record Rest : TaskStep;

    /// <param name="Until">Null while it waits for others.</param>
    /// <param name="Held">The ground of the hold that stops the rest.</param>
    public sealed record Wait(DateTimeOffset? Until, string? Held) : TaskStep;

    /// <summary>Ask the vendor; only past the gate.</summary>
    public sealed record Send(int Item) : TaskStep;

    /// <summary>It may have been carried out: read.</summary>
    public sealed record Look(int Item) : TaskStep;

    /// <summary>Ask whether it is done.</summary>
    public sealed record Ask(int Item) : TaskStep;

    /// <summary>Read that it is absent, and that others are seen.</summary>
    public sealed record Prove(int Item) : TaskStep;

    /// <summary>The quiet window is over: read once more.</summary>
    public sealed record Watch(int Item) : TaskStep;

    public sealed record Seal(int Item) : TaskStep;

    /// <summary>The record is kept by right.</summary>
    public sealed record Keep(int Item, Exemption By) : TaskStep;

    /// <summary>The right to keep it has ended.</summary>
    public sealed record Release(int Item) : TaskStep;

    /// <summary>Nothing is left to do.</summary>
    public sealed record End(bool Refused) : TaskStep;
}

/// <summary>The pure decision: from where a task is, what it does now.</summary>
public static class TaskSteps
{
    /// <summary>Longer than any call lasts: whoever began it then has ended.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromMinutes(5);

    /// <summary>The ground on which nothing of a person is deleted whose processing is restricted.</summary>
    public const string Restricted = "processing is restricted";

    /// <param name="mayStart">Whatever feeds the system is settled.</param>
    /// <param name="restricted">The person's data may only be kept (Art 18 GDPR), so nothing of it is deleted.</param>
    public static TaskStep Next(PrivacyTask task, RequestGate gate, bool mayStart, DateTimeOffset now, bool restricted = false)
    {
        if (task.Status is PrivacyTaskStatus.Manual or PrivacyTaskStatus.Failed)
            return new TaskStep.Rest();
        if (task.ParkedUntil is { } parked && parked > now)
            return new TaskStep.Wait(parked, null);
        var waits = new Waits();
        for (var index = 0; index < task.Items.Count; index++)
            if (Of(task, index, gate, mayStart, now, restricted, waits) is { } step)
                return step;
        if (waits.Until is not null || waits.Held is not null || waits.Others)
            return new TaskStep.Wait(waits.Until, waits.Held);
        return task.Status == PrivacyTaskStatus.Done ? new TaskStep.Rest() : new TaskStep.End(task.Items.Any(item => item.Refused is not null));
    }

    /// <summary>Whether anything is left to be sent: only then does it matter what comes before.</summary>
    public static bool AsksToStart(PrivacyTask task) => task.Items.Any(item => item is { Level: <= ProofLevel.Requested, Refused: null, Kept: null });

    private static TaskStep? Of(PrivacyTask task, int index, RequestGate gate, bool mayStart, DateTimeOffset now, bool restricted, Waits waits)
    {
        var item = task.Items[index];
        if (item.Kept is { } kept)
            return kept.Until <= now ? new TaskStep.Release(index) : null;
        if (item.Refused is not null || item.Level == ProofLevel.Sealed)
            return null;
        if (item.SendingSince is { } since)
            return since + Lease <= now ? new TaskStep.Look(index) : waits.For(since + Lease);
        if (item.NextAt is { } next && next > now)
            return waits.For(next);
        return item.Level switch
        {
            ProofLevel.None or ProofLevel.Requested => item.Uncertain ? new TaskStep.Look(index) : Start(task, index, gate, mayStart, now, restricted, waits),
            ProofLevel.Accepted => new TaskStep.Ask(index),
            ProofLevel.Confirmed when !task.EndsInAbsence => new TaskStep.Seal(index),
            ProofLevel.Confirmed => new TaskStep.Prove(index),
            ProofLevel.Absent when item.QuietUntil is { } until && until > now => waits.For(until),
            ProofLevel.Absent => new TaskStep.Watch(index),
            _ => new TaskStep.Seal(index),
        };
    }

    private static TaskStep? Start(PrivacyTask task, int index, RequestGate gate, bool mayStart, DateTimeOffset now, bool restricted, Waits waits)
    {
        var item = task.Items[index];
        if (task.Erases) // nothing is lost when something only stops
        {
            if (gate.ExemptionOf(task.System, item.ObjectType, item.Id, now) is { } exemption)
                return new TaskStep.Keep(index, exemption);
            if (gate.HoldOn(task.System, item.ObjectType, item.Id) is { } hold)
                return waits.ForHold(hold.Ground);
            if (restricted)
                return waits.ForHold(Restricted);
        }
        return mayStart ? new TaskStep.Send(index) : waits.ForOthers();
    }

    /// <summary>What its records wait for: the earliest of it.</summary>
    private sealed class Waits
    {
        public DateTimeOffset? Until { get; private set; }

        public string? Held { get; private set; }

        public bool Others { get; private set; }

        public TaskStep? For(DateTimeOffset until)
        {
            Until = Until is null || until < Until ? until : Until;
            return null;
        }

        public TaskStep? ForHold(string ground)
        {
            Held ??= ground;
            return null;
        }

        public TaskStep? ForOthers()
        {
            Others = true;
            return null;
        }
    }
}
