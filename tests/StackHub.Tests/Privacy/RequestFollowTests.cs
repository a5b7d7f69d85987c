using StackHub.Privacy;
using StackHub.Privacy.Tasks;
using StackHub.Testing.Privacy;

namespace StackHub.Tests.Privacy;

/// <summary>A request is where its tasks are, whoever looks at them when.</summary>
public sealed class RequestFollowTests
{
    private const string Ada = "ada.lovelace@example.com";

    [Fact]
    public async Task Who_looked_before_the_last_task_ended_does_not_undo_what_the_next_one_saw()
    {
        await using var scene = await SceneAsync();
        var id = await scene.BegunAsync(Ada);
        await scene.Hub.PumpAsync();
        PrivacyTask[] tasks = [.. await scene.Store.TasksAsync(id, default)];
        foreach (var task in tasks[..^1])
            await EndAsync(scene, task);
        var requests = scene.Hub.Get<RequestRunner>();
        scene.Hub.Tables.After = async operation =>
        {
            if (operation != "tables.query privacy")
                return;
            scene.Hub.Tables.After = null;
            await EndAsync(scene, tasks[^1]);
            await requests.FollowAsync(id, default);
        };

        await requests.FollowAsync(id, default);

        Assert.Equal(PrivacyRequestState.Complete, (await scene.RequestAsync(id)).State);
    }

    [Fact]
    public async Task One_that_does_not_follow_its_tasks_is_woken_by_the_timer()
    {
        await using var scene = await SceneAsync();
        var id = await scene.BegunAsync(Ada);
        await scene.Hub.PumpAsync();
        foreach (var task in await scene.Store.TasksAsync(id, default))
            await EndAsync(scene, task); // and whoever did that died
        Assert.Equal(PrivacyRequestState.InProgress, (await scene.RequestAsync(id)).State);

        await scene.WatchAsync();
        await scene.Hub.PumpAsync();

        Assert.Equal(PrivacyRequestState.Complete, (await scene.RequestAsync(id)).State);
    }

    private static Task EndAsync(PrivacyScene scene, PrivacyTask task) =>
        scene.Store.ChangeAsync(task.Request, task.Id, known => known with { Status = PrivacyTaskStatus.Done, WakeAt = null }, default);

    private static async Task<PrivacyScene> SceneAsync()
    {
        var scene = new PrivacyScene("salesforce", "zendesk");
        scene.Person("salesforce", Ada);
        await scene.SyncAsync();
        return scene;
    }
}
