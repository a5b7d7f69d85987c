using StackHub.Privacy.Intake;
using StackHub.Privacy.Tombstones;
using StackHub.Storage;
using StackHub.Triggers;

namespace StackHub.Privacy.Tasks;

/// <summary>Goes on with requests and tasks, those of one system together. What fails for the last time is an officer's to look at.</summary>
public sealed class PrivacyHandler(RequestRunner requests, TaskRounds rounds, Resurrections resurrections, ErasedInTool erased, PrivacyStore store, OfficerAlerts alerts) : IQueueHandler
{
    public string Queue => Queues.Privacy;

    public async Task HandleAsync(IReadOnlyList<QueueMessage> messages, CancellationToken cancellationToken)
    {
        PrivacyMessage[] parsed = [.. messages.Select(message => PrivacyMessage.Parse(message.Body))];
        try
        {
            foreach (var message in parsed.Where(message => message.Task is null))
                await HandleAsync(message, cancellationToken);
            // Side by side, so that a slow vendor keeps nobody else waiting.
            await Task.WhenAll(Tasks(parsed).GroupBy(one => PrivacyTask.SystemOf(one.Task)).Select(system => rounds.RunAsync(system.Key, [.. system], cancellationToken)));
        }
        catch (Exception e) when (e is not OperationCanceledException && messages is [{ DequeueCount: >= Queues.MaxDequeueCount }] && RequestId.TryParse(parsed[0].Request) is { } id)
        {
            await GiveUpAsync(id, parsed[0].Task, e.GetType().Name, cancellationToken);
            throw;
        }
    }

    private async Task HandleAsync(PrivacyMessage message, CancellationToken cancellationToken)
    {
        if (message.Dropped is { } dropped)
        {
            await resurrections.HandleAsync(dropped, cancellationToken);
        }
        else if (message.Erased is { } gone)
        {
            await erased.HandleAsync(gone, cancellationToken);
        }
        else if (RequestId.TryParse(message.Request) is { } id)
        {
            await requests.RunAsync(id, cancellationToken);
            await requests.FollowAsync(id, cancellationToken);
        }
    }

    private static IEnumerable<(RequestId Request, string Task)> Tasks(IEnumerable<PrivacyMessage> messages) =>
        messages.Select(message => (Request: RequestId.TryParse(message.Request), message.Task)).Where(one => one is { Request: not null, Task: not null }).Select(one => (one.Request!.Value, one.Task!)).Distinct();

    private async Task GiveUpAsync(RequestId id, string? task, string code, CancellationToken cancellationToken)
    {
        if (task is not null)
            await store.ChangeAsync(id, task, known => known.Broken(code), cancellationToken);
        await alerts.RaiseAsync(id, task ?? "request", code, cancellationToken);
        await requests.FollowAsync(id, cancellationToken);
    }
}
