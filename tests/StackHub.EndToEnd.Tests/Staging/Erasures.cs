using StackHub.Privacy;
using StackHub.Privacy.Holds;
using StackHub.Privacy.Planning;
using StackHub.Privacy.Tasks;
using StackHub.Triggers;

namespace StackHub.EndToEnd.Tests.Staging;

/// <summary>
/// One request for erasure on a stage, from its filing to its end. Days pass from one due moment to the next: whenever no task can do
/// anything more, the clock of hub and vendors jumps to where the first of them can.
/// </summary>
internal sealed class Erasures(Stage stage, Mortality? mortality = null)
{
    private const int MostJumps = 400;
    private static readonly TimeSpan Late = TimeSpan.FromMinutes(6);

    private PrivacyStore Store => stage.Hub.Get<PrivacyStore>();

    public async Task<PrivacyRequest> PlannedAsync(string email)
    {
        var id = ((SubmitAnswer.Taken)await stage.Hub.Get<SubmitPrivacyRequest>().HandleAsync(new([PrivacyRequestKind.Erasure], new() { Emails = [email] }, "public", "form-1") { Laws = ["eu-gdpr/DE"] }, Stage.Token)).Requests[0];
        await stage.Hub.Get<RequestDesk>().VerifyAsync(id, "code", "confirmed by code", Stage.Token);
        await stage.UntilAsync("the plan", async () => (await RequestAsync(id)).Plan is not null);
        return await RequestAsync(id);
    }

    public async Task<RequestId> ApprovedAsync(string email)
    {
        var planned = await PlannedAsync(email);
        foreach (var officer in (string[])["olga", "omar"])
            await stage.Hub.Get<RequestDesk>().ApproveAsync(planned.Id, officer, planned.Plan!.Fingerprint, Stage.Token);
        await stage.UntilAsync("the tasks", async () => IsDead || (await RequestAsync(planned.Id)).State.IsRunning());
        return planned.Id;
    }

    public async Task<PrivacyRequest> RequestAsync(RequestId id) => (await Store.FindAsync(id, Stage.Token))!;

    public async Task<PrivacyTask> TaskAsync(RequestId id, string system) => (await Store.FindAsync(id, PrivacyTask.IdOf(TaskAction.Erase, new(system)), Stage.Token))!;

    /// <summary>Until the request is complete, however many days that takes.</summary>
    /// <param name="weather">What happens at the vendors before each jump.</param>
    public async Task CompleteAsync(RequestId id, Action<int>? weather = null)
    {
        for (var jump = 0; jump < MostJumps; jump++)
        {
            var next = await RestingAsync(id);
            if (next is null && (await RequestAsync(id)).State == PrivacyRequestState.Complete)
                return;
            Assert.True(next is not null || jump < MostJumps - 1, await StuckAsync(id));
            weather?.Invoke(jump);
            if (next - stage.Time.GetUtcNow() is { } wait && wait > TimeSpan.Zero)
                stage.Time.Jump(wait);
            stage.Time.Jump(Late);
            await stage.Hub.Get<IEnumerable<ITimerHandler>>().OfType<PrivacyTimer>().Single().RunAsync(Stage.Token);
        }
        Assert.Fail(await StuckAsync(id));
    }

    /// <summary>Waits until no task can do anything now; when the first of them can again, or null when none waits for a time.</summary>
    private async Task<DateTimeOffset?> RestingAsync(RequestId id)
    {
        var (calm, next) = (0, (DateTimeOffset?)null);
        for (var look = 0; calm < 3; look++)
        {
            Assert.True(look < 1_200, await StuckAsync(id));
            await ReviveAsync();
            var tasks = await Store.TasksAsync(id, Stage.Token);
            var gate = (await Store.ReadGateAsync(id, Stage.Token))?.Value ?? new RequestGate();
            var now = stage.Time.GetUtcNow();
            TaskStep[] steps = [.. tasks.Select(task => TaskSteps.Next(task, gate, tasks.All(other => TaskOrder.Before(other, task)), now))];
            calm = steps.All(step => step is TaskStep.Wait or TaskStep.Rest) || look % 20 == 19 ? calm + 1 : 0;
            next = steps.OfType<TaskStep.Wait>().Select(wait => wait.Until).Where(until => until is not null).Min();
            // A step that is due and that nobody does waits for a message that a crash left invisible.
            next = steps.Any(step => step is not (TaskStep.Wait or TaskStep.Rest)) ? now : next;
            await Task.Delay(20, Stage.Token);
        }
        return next;
    }

    private bool IsDead => mortality?.Living?.IsDead == true;

    /// <summary>Another process takes over from one that died.</summary>
    private async Task ReviveAsync()
    {
        if (!IsDead)
            return;
        mortality!.Living!.Bury();
        await stage.BuryHubAsync();
        await stage.StartHubAsync();
    }

    private async Task<string> StuckAsync(RequestId id)
    {
        if (IsDead)
            return "the hub is dead";
        var tasks = await Store.TasksAsync(id, Stage.Token);
        return $"{await RequestAsync(id)}: {string.Join("; ", tasks.Select(task => $"{task} {task.Reason} parked until {task.ParkedUntil}, wakes {task.WakeAt}: {string.Join(", ", task.Items.Select(item => $"{item.ObjectType}/{item.Id} {item.Level} sends {item.Sends} next {item.NextAt} refused {item.Refused}"))}"))}\n{stage.Log.Warnings}";
    }
}
