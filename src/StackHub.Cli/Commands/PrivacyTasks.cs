using System.CommandLine;
using StackHub.Cli.CommandLine;
using StackHub.Cli.Hosting;
using StackHub.Privacy;
using StackHub.Privacy.Tasks;
using StackHub.Web.Privacy;

namespace StackHub.Cli.Commands;

/// <summary>What people do about a request's part in one system.</summary>
internal static class PrivacyTasks
{
    public static Command Make(CommandRunner runner) =>
        new HubCommand("task", "See to a request's part in one system: what was done by hand, what stopped, what cannot wait.").With(Evidence(runner), Retry(runner), Release(runner));

    private static HubCommand Evidence(CommandRunner runner)
    {
        var (id, task, name) = (PrivacyShared.Id(), Task(), PrivacyShared.As());
        var shown = new Option<string>("--shown") { Description = "What was done and where it can be looked up; no personal data, since it is kept as evidence.", HelpName = "WORDS", Required = true };
        return new HubCommand("evidence", "It was done by hand in the tool, and this shows it.", "stackhub privacy task evidence ID zendesk --shown 'deleted in the admin screen, ticket OPS-142'").With(id, task, shown, name)
            .Runs(runner, (call, cancellationToken) => OfOneAsync(call, call.Value(id), call.Value(task), async (hub, found) =>
                string.IsNullOrWhiteSpace(call.Value(shown)) ? call.Screen.Fail("--shown is empty: write what was done and where it can be looked up.", ExitCode.BadUsage)
                : await hub.Get<RequestDesk>().ShowAsync(found.Request, found.Id, PrivacyShared.By(call, name), call.Value(shown), cancellationToken) is { Status: PrivacyTaskStatus.Done, Evidence: not null }
                    ? Done.Say(call, found.Id, $"{found.System}: kept as done by hand.")
                    : call.Screen.Fail($"{found.System} is not a person's to do: it {Standing(found)}.", ExitCode.Problems), cancellationToken));
    }

    private static HubCommand Retry(CommandRunner runner)
    {
        var (id, task, name) = (PrivacyShared.Id(), Task(), PrivacyShared.As());
        return new HubCommand("retry", "What stopped it was mended: it goes on from where it was.", "stackhub privacy task retry ID klaviyo").With(id, task, name)
            .Runs(runner, (call, cancellationToken) => OfOneAsync(call, call.Value(id), call.Value(task), async (hub, found) =>
            {
                if (found.Status is not (PrivacyTaskStatus.Failed or PrivacyTaskStatus.Blocked))
                    return call.Screen.Fail($"Nothing stopped {found.System}: it {Standing(found)}.", ExitCode.Problems);
                await hub.Get<RequestDesk>().RetryAsync(found.Request, found.Id, PrivacyShared.By(call, name), cancellationToken);
                return Done.Say(call, found.Id, $"{found.System} is tried again.");
            }, cancellationToken));
    }

    private static HubCommand Release(CommandRunner runner)
    {
        var (id, task, reason, name) = (PrivacyShared.Id(), Task(), PrivacyShared.Reason("Why it cannot wait for the systems that feed it."), PrivacyShared.As());
        return new HubCommand("release", "Let a system go before those that feed it; they may bring the person back, who is then erased again.", "stackhub privacy task release ID marketo --reason 'salesforce is down until Monday'").With(id, task, reason, name)
            .Runs(runner, (call, cancellationToken) => OfOneAsync(call, call.Value(id), call.Value(task), async (hub, found) =>
            {
                if (found.IsHub)
                    return call.Screen.Fail("The hub's own copy goes last: until then it says where the person is.", ExitCode.Problems);
                if (string.IsNullOrWhiteSpace(call.Value(reason)))
                    return call.Screen.Fail("--reason is empty: write why it cannot wait.", ExitCode.BadUsage);
                await hub.Get<RequestDesk>().ReleaseAsync(found.Request, found.Id, PrivacyShared.By(call, name), call.Value(reason), cancellationToken);
                return Done.Say(call, found.Id, $"{found.System} goes now.");
            }, cancellationToken));
    }

    private static Argument<string> Task() => new("TASK") { Description = "The system's name; or the task as 'privacy show' names it, where a system has several." };

    private static async Task<int> OfOneAsync(Invocation call, string id, string task, Func<HubSession, PrivacyTask, Task<int>> act, CancellationToken cancellationToken)
    {
        await using var hub = await call.WorkAsync(cancellationToken);
        if (await hub.Get<PrivacyStore>().FindAsync(PrivacyShared.Parse(id), cancellationToken) is not { } request)
            throw PrivacyShared.Unknown(id);
        var tasks = await hub.Get<PrivacyStore>().TasksAsync(request.Id, cancellationToken);
        if (tasks.Count == 0)
            return call.Screen.Fail($"The request has no tasks yet: it is {PrivacyShared.Words(request.State)}.", ExitCode.Problems);
        return tasks.Where(one => one.Id == task || one.System.Name == task).ToArray() switch
        {
            [var found] => await act(hub, found),
            [] => throw new NotFoundException($"The request has no task '{task}'. It has: {string.Join(", ", tasks.Select(one => one.Id))}."),
            var several => call.Screen.Fail($"{task} has several tasks: name one of {string.Join(", ", several.Select(one => $"'{one.Id}'"))}.", ExitCode.BadUsage),
        };
    }

    private static string Standing(PrivacyTask task) => task.Status switch
    {
        PrivacyTaskStatus.Done => "is done",
        PrivacyTaskStatus.Held => "is held by a legal hold",
        PrivacyTaskStatus.Active => "goes on by itself",
        var status => $"is {PrivacyWords.Of(status)}",
    };
}
