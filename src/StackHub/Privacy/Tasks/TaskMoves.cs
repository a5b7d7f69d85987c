using StackHub.Connecting;
using StackHub.Privacy.Holds;
using StackHub.Privacy.Planning;

namespace StackHub.Privacy.Tasks;

/// <summary>What becomes of a task by what happened; pure, and the same when it is told twice.</summary>
public static class TaskMoves
{
    private const int MostSends = 8;
    private static readonly TimeSpan LongestPause = TimeSpan.FromHours(6);
    private static readonly TimeSpan LookAgain = TimeSpan.FromHours(1);

    /// <summary>Written before the call, so that a crash in between is known for what it is.</summary>
    public static PrivacyTask Sending(this PrivacyTask task, int index, DateTimeOffset now)
    {
        var item = task.Items[index];
        return task.With(index, item with { SendingSince = now, Level = Max(item.Level, ProofLevel.Requested), RequestedAt = item.RequestedAt ?? now, Sends = item.Sends + 1, NextAt = null }) with { Status = PrivacyTaskStatus.Active, Reason = null };
    }

    public static PrivacyTask Answered(this PrivacyTask task, int index, ErasureOutcome outcome, DateTimeOffset now)
    {
        var item = task.Items[index] with { SendingSince = null, Uncertain = false, NextAt = null };
        return Reached(task.With(index, outcome switch
        {
            ErasureOutcome.Requested requested => item with { Uncertain = true, NextAt = now + requested.After },
            ErasureOutcome.Accepted accepted => item with { Level = ProofLevel.Accepted, Ticket = accepted.Ticket, AcceptedAt = item.AcceptedAt ?? now, Asks = item.Asks + 1, NextAt = now + Pause(accepted.After, item.Asks) },
            ErasureOutcome.Confirmed confirmed => item with { Level = ProofLevel.Confirmed, ConfirmedAt = now, By = confirmed.By },
            ErasureOutcome.NotFound => item with { Level = ProofLevel.Confirmed, ConfirmedAt = now, By = ErasureEvidence.Absence, WasAbsent = item.Sends <= 1 && item.AcceptedAt is null },
            ErasureOutcome.Refused refused => item with { Refused = refused.Code },
            _ => item,
        }));
    }

    /// <summary>No certain answer came.</summary>
    public static PrivacyTask Unanswered(this PrivacyTask task, int index, TimeSpan after, DateTimeOffset now) =>
        task.With(index, task.Items[index] with { SendingSince = null, Uncertain = true, NextAt = now + after });

    /// <summary>The call did not go out: the record is as it was.</summary>
    public static PrivacyTask NotSent(this PrivacyTask task, int index) =>
        task.With(index, task.Items[index] with { SendingSince = null, Sends = Math.Max(0, task.Items[index].Sends - 1), Level = task.Items[index] is { Sends: <= 1, AcceptedAt: null } ? ProofLevel.None : task.Items[index].Level });

    /// <summary>Read after an uncertain call. Absent or not, the vendor is asked once more: absence may be a bin from which it could come back.</summary>
    public static PrivacyTask Looked(this PrivacyTask task, int index) =>
        Reached(task.With(index, task.Items[index] with { SendingSince = null, Uncertain = false, NextAt = null }));

    /// <param name="present">The record was read.</param>
    /// <param name="sees">Others were seen by the same credential.</param>
    public static PrivacyTask Proved(this PrivacyTask task, int index, bool present, bool sees, VendorErasure vendor, DateTimeOffset now)
    {
        var item = task.Items[index];
        if (present)
            return Reached(task.With(index, StillThere(item, vendor, now)));
        if (!sees)
            return task.Blind(now);
        return Reached(task.With(index, item with { Level = ProofLevel.Absent, AbsentAt = now, QuietUntil = now + vendor.Quiet, NextAt = null }));
    }

    public static PrivacyTask Watched(this PrivacyTask task, int index, bool present, bool sees, string cause, DateTimeOffset now)
    {
        var item = task.Items[index];
        if (present)
            return task.Back(index, cause, now);
        return sees ? Reached(task.With(index, item with { Level = ProofLevel.Quiet })) : task.Blind(now);
    }

    public static PrivacyTask Sealed(this PrivacyTask task, int index, DateTimeOffset now) =>
        task.With(index, task.Items[index] with { Level = ProofLevel.Sealed, SealedAt = now });

    /// <summary>The person is there again: everything begins anew, and the cause is kept.</summary>
    public static PrivacyTask Back(this PrivacyTask task, int index, string cause, DateTimeOffset now)
    {
        var item = task.Items[index];
        return task.With(index, new(item.ObjectType, item.Id) { Sends = 0, Asks = 0 }) with
        {
            Status = PrivacyTaskStatus.Active,
            WakeAt = null,
            ParkedUntil = null,
            Resurrections = [.. task.Resurrections, new(item.ObjectType, item.Id, now, cause)],
        };
    }

    /// <summary>The same for a record that was not known there.</summary>
    public static PrivacyTask BackAs(this PrivacyTask task, string objectType, string id, string cause, DateTimeOffset now)
    {
        var known = task.Items.Select((item, index) => (item, index)).FirstOrDefault(one => one.item.ObjectType == objectType && one.item.Id == id);
        return known.item is null
            ? (task with { Items = [.. task.Items, new(objectType, id)] }).Back(task.Items.Count, cause, now)
            : task.Back(known.index, cause, now);
    }

    public static PrivacyTask Keep(this PrivacyTask task, int index, Exemption exemption) => task.With(index, task.Items[index] with { Kept = exemption });

    public static PrivacyTask Release(this PrivacyTask task, int index) =>
        task.With(index, task.Items[index] with { Kept = null }) with { Status = PrivacyTaskStatus.Active };

    public static PrivacyTask Waits(this PrivacyTask task, string? held, DateTimeOffset? wakeAt)
    {
        var status = held is not null ? PrivacyTaskStatus.Held : task.Status == PrivacyTaskStatus.Held ? PrivacyTaskStatus.Active : task.Status;
        var reason = held ?? (task.Status == PrivacyTaskStatus.Held ? null : task.Reason);
        return task.Status == status && task.Reason == reason && task.WakeAt == wakeAt ? task : task with { Status = status, Reason = reason, WakeAt = wakeAt };
    }

    /// <summary>The vendor asked us to wait, or is away.</summary>
    public static PrivacyTask Parked(this PrivacyTask task, TimeSpan delay, DateTimeOffset now) =>
        task with { ParkedUntil = now + delay, Failures = task.Failures + 1 };

    public static PrivacyTask Ended(this PrivacyTask task, bool refused) =>
        refused ? task with { Status = PrivacyTaskStatus.Failed, Reason = task.Items.First(item => item.Refused is not null).Refused, WakeAt = null } : task with { Status = PrivacyTaskStatus.Done, Reason = null, WakeAt = null };

    public static PrivacyTask Broken(this PrivacyTask task, string code) =>
        task.Status == PrivacyTaskStatus.Done ? task : task with { Status = PrivacyTaskStatus.Failed, Reason = code, WakeAt = null };

    /// <summary>What cannot be seen is not absent. It is looked at again by itself.</summary>
    public static PrivacyTask Blind(this PrivacyTask task, DateTimeOffset now) =>
        task with { Status = PrivacyTaskStatus.Blocked, Reason = "cannot-see", ParkedUntil = now + LookAgain };

    /// <summary>An officer mended what stopped it.</summary>
    public static PrivacyTask Retried(this PrivacyTask task) => task.Status is not (PrivacyTaskStatus.Failed or PrivacyTaskStatus.Blocked) ? task : task with
    {
        Status = PrivacyTaskStatus.Active,
        Reason = null,
        ParkedUntil = null,
        WakeAt = null,
        Failures = 0,
        Items = [.. task.Items.Select(item => item with { Refused = null, Sends = 0 })],
    };

    public static PrivacyTask Shown(this PrivacyTask task, ManualEvidence evidence) => task.Status is not (PrivacyTaskStatus.Manual or PrivacyTaskStatus.Failed or PrivacyTaskStatus.Blocked) ? task : task with
    {
        Status = PrivacyTaskStatus.Done,
        Evidence = evidence,
        Reason = null,
        WakeAt = null,
        Items = [.. task.Items.Select(item => item.Kept is null ? item with { Level = ProofLevel.Sealed, SealedAt = evidence.At, Refused = null } : item)],
    };

    private static TaskItem StillThere(TaskItem item, VendorErasure vendor, DateTimeOffset now)
    {
        if (item.ConfirmedAt is { } confirmed && now - confirmed < vendor.Gone && !item.WasAbsent)
            return item with { NextAt = now + LookAgain }; // it takes the vendor its time
        return item.Sends >= MostSends
            ? item with { Refused = "still-there" }
            : item with { Level = ProofLevel.Requested, Ticket = null, ConfirmedAt = null, WasAbsent = false, NextAt = now + LookAgain };
    }

    private static PrivacyTask Reached(PrivacyTask task) =>
        task.Status == PrivacyTaskStatus.Blocked ? task with { Status = PrivacyTaskStatus.Active, Reason = null, Failures = 0 } : task.Failures == 0 ? task : task with { Failures = 0 };

    /// <summary>A vendor that takes thirty days is not asked every minute.</summary>
    private static TimeSpan Pause(TimeSpan after, int asks)
    {
        var pause = after * Math.Pow(2, Math.Min(asks, 16));
        return pause > LongestPause ? (after > LongestPause ? after : LongestPause) : pause;
    }

    private static ProofLevel Max(ProofLevel one, ProofLevel other) => one > other ? one : other;
}
