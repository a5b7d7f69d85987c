using StackHub.Configuration;
using StackHub.Privacy.Tasks;

namespace StackHub.Privacy.Notices;

/// <summary>Tells that somebody erased came back, where and why: of the open requests' tasks, each return once.</summary>
public sealed class ResurrectionNotices(PrivacyStore store, NoticeOutbox outbox, HubModel model, TimeProvider time)
{
    private static readonly TimeSpan Back = TimeSpan.FromDays(2);

    public async Task CollectAsync(CancellationToken cancellationToken)
    {
        if (model.Privacy.Notify is null)
            return;
        var since = time.GetUtcNow() - Back;
        foreach (var id in await store.OpenAsync(cancellationToken))
            foreach (var task in await store.TasksAsync(id, cancellationToken))
                foreach (var back in task.Resurrections.Where(back => back.FoundAt >= since))
                    await outbox.AddAsync(Of(task, back), cancellationToken);
    }

    private static OutgoingNotice Of(PrivacyTask task, Resurrection back) => new(
        $"{task.Request}|{task.Id}|back|{back.FoundAt.ToUnixTimeMilliseconds()}".Replace('/', '-'),
        "privacy.resurrected",
        new PrivacyEvent("privacy.resurrected", back.FoundAt, new(task.Request.ToString(), task.Id, back.Cause)).ToJson());
}
