using StackHub.Privacy.Tombstones;
using StackHub.Storage;
using StackHub.Triggers;

namespace StackHub.Privacy.Tasks;

/// <summary>Goes on with requests and tasks, one message after the other. What fails for the last time is an officer's to look at.</summary>
public sealed class PrivacyHandler(RequestRunner requests, TaskRunner tasks, Resurrections resurrections, PrivacyStore store, OfficerAlerts alerts) : IQueueHandler
{
    public string Queue => Queues.Privacy;

    public async Task HandleAsync(IReadOnlyList<QueueMessage> messages, CancellationToken cancellationToken)
    {
        foreach (var message in messages)
            await HandleAsync(message, PrivacyMessage.Parse(message.Body), cancellationToken);
    }

    private async Task HandleAsync(QueueMessage message, PrivacyMessage parsed, CancellationToken cancellationToken)
    {
        if (parsed.Dropped is { } dropped)
        {
            await resurrections.HandleAsync(dropped, cancellationToken);
            return;
        }
        if (RequestId.TryParse(parsed.Request) is not { } id)
            return;
        try
        {
            if (parsed.Task is { } task)
                await tasks.RunAsync(id, task, cancellationToken);
            else
                await requests.RunAsync(id, cancellationToken);
            await requests.FollowAsync(id, cancellationToken);
        }
        catch (Exception e) when (e is not OperationCanceledException && message.DequeueCount >= Queues.MaxDequeueCount)
        {
            await GiveUpAsync(id, parsed.Task, e.GetType().Name, cancellationToken);
            throw;
        }
    }

    private async Task GiveUpAsync(RequestId id, string? task, string code, CancellationToken cancellationToken)
    {
        if (task is not null)
            await store.ChangeAsync(id, task, known => known.Broken(code), cancellationToken);
        await alerts.RaiseAsync(id, task ?? "request", code, cancellationToken);
        await requests.FollowAsync(id, cancellationToken);
    }
}
