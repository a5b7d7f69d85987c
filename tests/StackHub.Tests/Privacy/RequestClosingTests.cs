using StackHub.Privacy;
using StackHub.Privacy.Evidence;
using StackHub.Testing.Privacy;

namespace StackHub.Tests.Privacy;

public sealed class RequestClosingTests
{
    private const string Ada = "ada.lovelace@example.com";

    [Theory]
    [InlineData(PrivacyRequestState.Denied)]
    [InlineData(PrivacyRequestState.Cancelled)]
    public async Task With_its_end_a_request_forgets_its_secret_and_is_open_no_more(PrivacyRequestState end)
    {
        await using var scene = await SceneAsync();
        var id = (await scene.PlannedAsync(Ada)).Id;
        Assert.NotNull(await SecretAsync(scene, id));

        await EndAsync(scene, id, end);

        Assert.Null(await SecretAsync(scene, id));
        Assert.Empty(await scene.Store.OpenAsync(default));
        Assert.Equal(end == PrivacyRequestState.Cancelled, (await scene.RequestAsync(id)).Subject.IsEmpty);
    }

    [Fact]
    public async Task An_end_that_a_crash_cut_short_is_finished_by_the_timer()
    {
        await using var scene = await SceneAsync();
        var id = (await scene.PlannedAsync(Ada)).Id;
        scene.Hub.Tables.Before = operation => operation == "tables.write evidence" ? throw new IOException("the process died here") : Task.CompletedTask;
        await Assert.ThrowsAsync<IOException>(() => EndAsync(scene, id, PrivacyRequestState.Cancelled));
        scene.Hub.Tables.Before = null;
        Assert.Equal(PrivacyRequestState.Cancelled, (await scene.RequestAsync(id)).State);
        Assert.NotNull(await SecretAsync(scene, id));

        await scene.WatchAsync();

        Assert.Null(await SecretAsync(scene, id));
        Assert.Empty(await scene.Store.OpenAsync(default));
    }

    private static Task<MoveAnswer> EndAsync(PrivacyScene scene, RequestId id, PrivacyRequestState end) => end == PrivacyRequestState.Denied
        ? scene.Desk.DenyAsync(id, "olga", "legal claims, GDPR 17(3)(e)", "the supervisory authority", default)
        : scene.Desk.CancelAsync(id, "subject", default);

    private static Task<RequestSecret?> SecretAsync(PrivacyScene scene, RequestId id) => scene.Hub.Get<RequestSecrets>().FindAsync(id.ToString(), default);

    private static async Task<PrivacyScene> SceneAsync()
    {
        var scene = new PrivacyScene("salesforce", "zendesk");
        scene.Person("salesforce", Ada);
        await scene.SyncAsync();
        return scene;
    }
}
