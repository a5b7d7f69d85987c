using StackHub.Privacy;
using StackHub.Privacy.Planning;
using StackHub.Privacy.Tasks;
using StackHub.Testing.Privacy;

namespace StackHub.Tests.Privacy;

/// <summary>What a person wants put right is written where a connector can and read back, and is a person's to do elsewhere.</summary>
public sealed class RectificationTests
{
    private const string Ada = "ada.lovelace@example.com";
    private static readonly Correction[] King = [new("lastName", "King")];

    [Fact]
    public async Task A_correction_is_written_in_every_system_and_read_back()
    {
        await using var scene = await SceneAsync();
        var id = await BegunAsync(scene, King);

        await scene.PassAsync(TimeSpan.FromHours(1), TimeSpan.FromMinutes(10));

        Assert.Equal(["King", "King"], scene.Systems.Select(system => LastName(scene, system.System.Name)));
        foreach (var system in (string[])["salesforce", "hubspot"])
            Assert.Equal((PrivacyTaskStatus.Done, ProofLevel.Sealed), (await scene.TaskAsync(id, system, TaskAction.Correct)) is var task ? (task.Status, task.Level) : default);
        var request = await scene.RequestAsync(id);
        Assert.Equal((PrivacyRequestState.Complete, true, 0), (request.State, request.Subject.IsEmpty, request.Corrections.Count));
        var trail = await scene.Hub.Get<PrivacyTrail>().ListAsync(id, default);
        Assert.Equal(2, trail.Count(entry => entry.What == "confirmed by status"));
        Assert.DoesNotContain(trail, entry => entry.Detail.Contains("King", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_plan_names_the_fields_and_no_value_and_another_value_is_another_plan()
    {
        await using var scene = await SceneAsync();
        var id = await PlannedAsync(scene, King);
        var plan = (await scene.RequestAsync(id)).Plan!;
        Assert.Equal([TaskAction.Correct, TaskAction.Correct], plan.Systems.Select(system => system.Action));
        Assert.All(plan.Items, item => Assert.Equal([$"write lastName of people/{item.Id}, and read them back"], item.Calls));

        Assert.IsType<MoveAnswer.Moved>(await scene.Desk.CorrectAsync(id, [new("lastName", "Byron")], "olga", default));
        await scene.Hub.PumpAsync();

        Assert.Equal(RequestRefusal.PlanChanged, Assert.IsType<MoveAnswer.Refused>(await scene.Desk.ApproveAsync(id, "omar", plan.Fingerprint, default)).Code);
        await scene.ApproveAsync(await scene.RequestAsync(id));
        await scene.PassAsync(TimeSpan.FromHours(1), TimeSpan.FromMinutes(10));
        Assert.Equal("Byron", LastName(scene, "hubspot"));
        Assert.Equal(RequestRefusal.WrongState, Assert.IsType<MoveAnswer.Refused>(await scene.Desk.CorrectAsync(id, King, "olga", default)).Code);
    }

    [Fact]
    public async Task What_an_officer_has_not_put_into_fields_is_a_persons_to_do()
    {
        await using var scene = await SceneAsync();

        var id = await BegunAsync(scene, []);
        await scene.Hub.PumpAsync();

        Assert.Equal([PrivacyTaskStatus.Manual, PrivacyTaskStatus.Manual], (await scene.Store.TasksAsync(id, default)).Select(task => task.Status));
        Assert.Equal(["Lovelace", "Lovelace"], scene.Systems.Select(system => LastName(scene, system.System.Name)));
    }

    [Fact]
    public async Task A_system_that_does_not_keep_it_has_not_done_it()
    {
        await using var scene = await SceneAsync();
        scene["hubspot"].Inner.Normalise = (field, value) => field == "last" ? "Lovelace" : value; // a rule there puts it back
        var id = await BegunAsync(scene, King);

        await scene.PassAsync(TimeSpan.FromDays(3), TimeSpan.FromHours(1));

        Assert.Equal((PrivacyTaskStatus.Failed, "not-kept"), (await scene.TaskAsync(id, "hubspot", TaskAction.Correct)) is var task ? (task.Status, task.Reason) : default);
        Assert.Equal(PrivacyRequestState.Partial, (await scene.RequestAsync(id)).State);
    }

    [Theory]
    [InlineData("shoeSize", "44", "'shoeSize' is no field of a person.")]
    [InlineData("hubId", "1", "'hubId' is no field of a person.")]
    public async Task What_is_no_field_is_refused_before_anything_is_kept(string field, string value, string problem)
    {
        await using var scene = await SceneAsync();

        var answer = await scene.Hub.Get<SubmitPrivacyRequest>().HandleAsync(new([PrivacyRequestKind.Rectification], new() { Emails = [Ada] }, "public", "form") { Corrections = [new(field, value)] }, default);

        Assert.Equal([problem], Assert.IsType<SubmitAnswer.Invalid>(answer).Problems);
        Assert.Empty(await scene.Store.OpenAsync(default));
    }

    private static string? LastName(PrivacyScene scene, string system) => scene[system].Inner.Live("people").Values.Single(row => row["mail"] == Ada)["last"];

    private static async Task<RequestId> PlannedAsync(PrivacyScene scene, IReadOnlyList<Correction> corrections)
    {
        var id = ((SubmitAnswer.Taken)await scene.Hub.Get<SubmitPrivacyRequest>().HandleAsync(new([PrivacyRequestKind.Rectification], new() { Emails = [Ada] }, "public", "form") { Corrections = corrections }, default)).Requests[0];
        await scene.Desk.VerifyAsync(id, "code", "confirmed by code", default);
        await scene.Hub.PumpAsync();
        return id;
    }

    private static async Task<RequestId> BegunAsync(PrivacyScene scene, IReadOnlyList<Correction> corrections) =>
        await scene.ApproveAsync(await scene.RequestAsync(await PlannedAsync(scene, corrections)));

    private static async Task<PrivacyScene> SceneAsync()
    {
        var scene = new PrivacyScene("salesforce", "hubspot");
        scene.Person("salesforce", Ada);
        await scene.SyncAsync();
        return scene;
    }
}
