using StackHub.Connecting;
using StackHub.Privacy;
using StackHub.Records;
using StackHub.Testing.Privacy;

namespace StackHub.Tests.Privacy;

public sealed class ErasedInToolTests
{
    private const string Ada = "ada.lovelace@example.com";

    [Fact]
    public async Task Whom_a_tool_erased_by_itself_is_a_request_that_an_officer_verifies_and_that_reaches_the_others()
    {
        await using var scene = await SceneAsync();
        var told = ErasedIn(scene, "salesforce");

        await TellAsync(scene, told);
        await TellAsync(scene, told);
        var request = Assert.Single(await scene.Hub.Get<RequestInbox>().ListAsync(default)).Request;
        await scene.Desk.VerifyAsync(request.Id, "olga", "the tool's own form, ticket 4711", default);
        await scene.Hub.PumpAsync();
        var planned = await scene.RequestAsync(request.Id);

        Assert.Equal((PrivacyRequestState.Received, "system:salesforce"), (request.State, request.SubmittedBy));
        Assert.Equal(PrivacyRequestState.Planned, planned.State);
        Assert.Contains(planned.Plan!.Items, item => item.System == new SystemId("zendesk"));
    }

    [Fact]
    public async Task What_an_officer_put_aside_is_not_filed_again()
    {
        await using var scene = await SceneAsync();
        var told = ErasedIn(scene, "salesforce");
        await TellAsync(scene, told);
        await scene.Desk.RejectAsync(Assert.Single(await scene.Store.OpenAsync(default)), "olga", "a test of the tool's admin", default);

        await TellAsync(scene, told);

        Assert.Empty(await scene.Store.OpenAsync(default));
    }

    [Fact]
    public async Task The_echo_of_what_is_asked_for_already_is_no_request()
    {
        await using var scene = await SceneAsync();
        var told = ErasedIn(scene, "salesforce");
        var id = (await scene.PlannedAsync(Ada)).Id;

        await TellAsync(scene, told);

        Assert.Equal([id], await scene.Store.OpenAsync(default));
    }

    private static Change.PrivacyDeleted ErasedIn(PrivacyScene scene, string system) =>
        new(new(new(system), "people", scene[system].Inner.Live("people").Single(person => person.Value["mail"] == Ada).Key), scene.Time.GetUtcNow());

    private static async Task TellAsync(PrivacyScene scene, Change.PrivacyDeleted told)
    {
        await scene.Hub.TellAsync(scene[told.Ref.System.Name].Inner, [told]);
        await scene.Hub.PumpAsync();
    }

    private static async Task<PrivacyScene> SceneAsync()
    {
        var scene = new PrivacyScene("salesforce", "zendesk");
        scene.Person("salesforce", Ada);
        await scene.SyncAsync();
        return scene;
    }
}
