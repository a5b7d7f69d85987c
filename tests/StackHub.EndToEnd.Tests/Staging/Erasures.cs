using StackHub.Privacy;
using StackHub.Privacy.Holds;
using StackHub.Privacy.Planning;
using StackHub.Privacy.Tasks;
using StackHub.Storage;
using StackHub.Triggers;

namespace StackHub.EndToEnd.Tests.Staging;

/// <summary>
/// One request for erasure on a stage, from its filing to its end. Days pass from one due moment to the next: whenever no task can do
/// anything more, the clock of hub and vendors jumps to where the first of them can.
/// </summary>
internal sealed class Erasures(Stage stage, Mortality? mortality = null)
{
    private const int MostJumps = 400;
    private const int Stalled = 60;
    private static readonly TimeSpan Late = TimeSpan.FromMinutes(6);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

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
        await stage.UntilAsync("the tasks", async () => (await AliveAsync(() => RequestAsync(planned.Id))).State.IsRunning());
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
            if (next is null && (await AliveAsync(() => Store.FindAsync(id, Stage.Token)))!.State == PrivacyRequestState.Complete)
                return;
            weather?.Invoke(jump);
            if (next - stage.Time.GetUtcNow() is { } wait && wait > TimeSpan.Zero)
                stage.Time.Jump(wait);
            stage.Time.Jump(Late);
            await AliveAsync(async () =>
            {
                await stage.Hub.Get<IEnumerable<ITimerHandler>>().OfType<PrivacyTimer>().Single().RunAsync(Stage.Token);
                return true;
            });
        }
        Assert.Fail(await StuckAsync(id));
    }

    /// <summary>Waits until no task can do anything now; when the first of them can again, or null when none waits for a time.</summary>
    private async Task<DateTimeOffset?> RestingAsync(RequestId id)
    {
        var (before, calm, same, next) = ("", 0, 0, (DateTimeOffset?)null);
        while (calm < 3 && same < Stalled)
        {
            var (tasks, gate) = await AliveAsync(async () => (await Store.TasksAsync(id, Stage.Token), await Store.ReadGateAsync(id, Stage.Token)));
            var now = stage.Time.GetUtcNow();
            TaskStep[] steps = [.. tasks.Select(task => TaskSteps.Next(task, gate?.Value ?? new RequestGate(), tasks.All(other => TaskOrder.Before(other, task)), now))];
            var due = steps.Any(step => step is not (TaskStep.Wait or TaskStep.Rest));
            var busy = due || tasks.Any(task => task.Items.Any(item => item.SendingSince is not null)) || await AliveAsync(MessagesAsync) > 0;
            (var text, calm) = (Describe(tasks), busy ? 0 : calm + 1);
            (before, same) = (text, text == before ? same + 1 : 0);
            // What is due and done by nobody waits for a message that a crash has hidden: time brings that back.
            next = due ? now : steps.OfType<TaskStep.Wait>().Select(wait => wait.Until).Where(until => until is not null).Min();
            await Task.Delay(Pause, Stage.Token);
        }
        return next;
    }

    /// <summary>Asks the hub that lives; one that dies over it is replaced, and the next is asked.</summary>
    private async Task<T> AliveAsync<T>(Func<Task<T>> ask)
    {
        while (true)
        {
            await ReviveAsync();
            var asked = ask();
            while (!asked.IsCompleted && !IsDead)
                await Task.WhenAny(asked, Task.Delay(Pause, Stage.Token));
            if (!IsDead)
                return await asked;
        }
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

    /// <summary>Those that a worker could take now.</summary>
    private async Task<int> MessagesAsync() => (await stage.Hub.Get<IMessageQueue>().PeekAsync(Queues.Privacy, 1, Stage.Token)).Count;

    private async Task<string> StuckAsync(RequestId id)
    {
        if (IsDead)
            return "the hub is dead";
        var tasks = await Store.TasksAsync(id, Stage.Token);
        return $"{await RequestAsync(id)}: {Describe(tasks)}\n{stage.Log.Warnings}";
    }

    private static string Describe(IEnumerable<PrivacyTask> tasks) =>
        string.Join("; ", tasks.Select(task => $"{task} {task.Reason} parked until {task.ParkedUntil}, wakes {task.WakeAt}: {string.Join(", ", task.Items.Select(item => $"{item.ObjectType}/{item.Id} {item.Level} sends {item.Sends} since {item.SendingSince} asks {item.Asks} next {item.NextAt} refused {item.Refused}"))}"));
}
