using StackHub.Configuration;
using StackHub.Privacy.Tasks;

namespace StackHub.Privacy.Notices;

/// <summary>Hands what officers are alerted of to the configured webhook, each alert once.</summary>
public sealed class AlertNotices(OfficerAlerts alerts, NoticeOutbox outbox, HubModel model, TimeProvider time)
{
    /// <summary>An alert is told again a day later while it stands, so nothing older is looked at.</summary>
    private static readonly TimeSpan Back = TimeSpan.FromDays(2);

    public async Task CollectAsync(CancellationToken cancellationToken)
    {
        if (model.Privacy.Notify is null)
            return;
        var since = time.GetUtcNow() - Back;
        foreach (var alert in (await alerts.ListAsync(cancellationToken)).Where(alert => alert.At >= since))
            await outbox.AddAsync(Of(alert), cancellationToken);
    }

    public static OutgoingNotice Of(OfficerAlert alert)
    {
        var kind = alert.Code == "overdue" ? "privacy.overdue" : alert.Code.StartsWith("came-back", StringComparison.Ordinal) ? "privacy.resurrected" : "privacy.officer-needed";
        var id = $"{alert.Request}|{alert.Task}|{alert.Code}|{alert.At:yyyyMMdd}".Replace('/', '-');
        return new(id, kind, new PrivacyEvent(kind, alert.At, new(alert.Request.ToString(), alert.Task, alert.Code)).ToJson());
    }
}
