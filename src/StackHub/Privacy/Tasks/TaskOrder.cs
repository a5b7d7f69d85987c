using StackHub.Privacy.Planning;

namespace StackHub.Privacy.Tasks;

/// <summary>Which task waits for which: what feeds a system comes before it, and what stops comes before what deletes.</summary>
public sealed class TaskOrder(PrivacyStore store, TaskSignals signals)
{
    public async Task<bool> MayStartAsync(PrivacyRequest request, PrivacyTask task, CancellationToken cancellationToken)
    {
        if (!task.Erases || task.Released is not null)
            return true;
        var tasks = await store.TasksAsync(request.Id, cancellationToken);
        return tasks.All(other => Before(other, task)) && await GroupStoppedAsync(request, cancellationToken);
    }

    /// <summary>Pure: an opt-out has to be out, an erasure before this one has to be confirmed.</summary>
    public static bool Before(PrivacyTask other, PrivacyTask task) =>
        other.Id == task.Id || (!other.Erases ? IsOut(other) : other.Stage >= task.Stage || other.IsSettled);

    /// <summary>Wakes what waited for a task that is settled now.</summary>
    public async Task SettledAsync(PrivacyTask task, CancellationToken cancellationToken)
    {
        if (!task.Erases ? !IsOut(task) : !task.IsSettled)
            return;
        if (task.Erases && !(task.IsOver || task.Items.All(item => item.Level is ProofLevel.Confirmed or ProofLevel.Absent || item.Kept is not null)))
            return; // it was told when it came to be settled
        var request = await store.FindAsync(task.Request, cancellationToken);
        foreach (var id in request?.Group.Append(task.Request).Distinct() ?? [])
            foreach (var other in await store.TasksAsync(id, cancellationToken))
                if (other.Id != task.Id && other is { Action: TaskAction.Erase or TaskAction.Redact, Status: PrivacyTaskStatus.Active, WakeAt: null } && other.Level < ProofLevel.Requested && (id != task.Request || other.Stage > task.Stage || task.Stops))
                    await signals.WakeAsync(id, other.Id, TimeSpan.Zero, cancellationToken);
    }

    private async Task<bool> GroupStoppedAsync(PrivacyRequest request, CancellationToken cancellationToken)
    {
        foreach (var id in request.Group.Where(id => id != request.Id))
        {
            if (await store.FindAsync(id, cancellationToken) is not { Verification: not null } other || !KindRules.Stops(other.Kind))
                continue;
            if (other.State.IsOpen() && !other.State.IsRunning())
                return false;
            if (!(await store.TasksAsync(id, cancellationToken)).All(IsOut))
                return false;
        }
        return true;
    }

    private static bool IsOut(PrivacyTask task) => !task.Stops || task.Level >= ProofLevel.Requested || task.Status is PrivacyTaskStatus.Manual or PrivacyTaskStatus.Failed or PrivacyTaskStatus.Done;
}
