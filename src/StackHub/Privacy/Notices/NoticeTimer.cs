using StackHub.Privacy.Intake;
using StackHub.Privacy.OpenDsr;
using StackHub.Privacy.Packages;
using StackHub.Triggers;

namespace StackHub.Privacy.Notices;

/// <summary>Every minute: what is to be told is collected and sent, and what is too old goes away.</summary>
public sealed class NoticeTimer(HandDelivery hand, AlertNotices alerts, ResurrectionNotices resurrections, OpenDsrCallbacks callbacks, NoticeOutbox outbox, NoticeSender sender, MakePackage packages, IntakeNotes notes, MailboxLimit mailboxes, TimeProvider time) : ITimerHandler
{
    private DateOnly cleaned;

    public string Name => TriggerTable.PrivacyNotices.Name;

    public TimeSpan Every => TriggerTable.PrivacyNotices.Every;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await hand.ForgetOldAsync(cancellationToken);
        await alerts.CollectAsync(cancellationToken);
        await resurrections.CollectAsync(cancellationToken);
        await callbacks.CollectAsync(cancellationToken);
        await sender.SendDueAsync(cancellationToken);
        await CleanAsync(cancellationToken);
    }

    /// <summary>Once a day in each process; doing it more often changes nothing.</summary>
    private async Task CleanAsync(CancellationToken cancellationToken)
    {
        var today = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);
        if (cleaned == today)
            return;
        await outbox.ForgetAsync(cancellationToken);
        await packages.ForgetExpiredAsync(cancellationToken);
        await notes.ForgetClosedAsync(cancellationToken);
        await mailboxes.ForgetOldAsync(cancellationToken);
        cleaned = today;
    }
}
