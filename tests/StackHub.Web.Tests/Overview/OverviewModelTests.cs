using StackHub.Configuration;
using StackHub.Connecting;
using StackHub.Security;
using StackHub.Testing.Snapshots;
using StackHub.Web.Overview;
using StackHub.Web.Runs;
using StackHub.Web.Security;
using StackHub.Web.Shell;
using StackHub.Web.Systems;
using Microsoft.Extensions.DependencyInjection;
using StackHub.Records;

namespace StackHub.Web.Tests.Overview;

public sealed class OverviewModelTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_hub_in_step_needs_nobody()
    {
        Assert.Empty(OverviewModel.Of(Hub(System("crm"))).Attention);
    }

    [Fact]
    public void What_needs_a_person_is_named_with_the_way_there()
    {
        var model = OverviewModel.Of(Hub(System("new") with { Stage = SystemStage.New }, System("read") with { Stage = SystemStage.Baselined }, System("held") with { Paused = "month's end" }) with
        {
            OpenConflicts = new(3, AtLeast: false),
            DeadLetters = new(1_000, AtLeast: true),
        });

        Assert.Equal(["runs", "plan?system=read", "systems/held", "conflicts", "dead-letters"], model.Attention.Select(attention => attention.Path));
        Assert.Equal("1,000+ refused", model.Attention[^1].Status.Words);
    }

    [Theory]
    [InlineData(1, 1, 0)]
    [InlineData(3, 2, 1)]
    [InlineData(4, 2, 2)]
    public void Tools_stand_left_and_right_of_the_hub(int count, int left, int right)
    {
        var flow = OverviewModel.Of(Hub([.. Enumerable.Range(0, count).Select(number => System($"s{number}"))])).Flow;

        Assert.Equal(left, flow.Tools.Count(tool => tool.IsLeft));
        Assert.Equal(right, flow.Tools.Count(tool => !tool.IsLeft));
        Assert.All(flow.Tools, tool => Assert.InRange(tool.Top, 0, flow.Height - 94));
    }

    [Fact]
    public async Task The_page_shows_it_all()
    {
        var model = OverviewModel.Of(Hub(System("crm") with { Outbox = new(12, false, Now.AddMinutes(-3)) }, System("mail") with { Stage = SystemStage.Baselined }, System("quiet") with { Mode = SystemMode.Shadow }) with { OpenConflicts = new(2, false) });

        Snapshot.Match(await MainAsync<OverviewPage>("Overview", model));
    }

    private static async Task<string> MainAsync<TPage>(string title, object model)
    {
        await using var services = new ServiceCollection().BuildServiceProvider();
        var html = await PageHtml.RenderAsync(services, typeof(TPage), title, model, new("", "", new Caller("key:1", [Role.Viewer]), "proof", null, Now));
        return html[html.IndexOf("<main", StringComparison.Ordinal)..html.IndexOf("</main>", StringComparison.Ordinal)];
    }

    private static HubSnapshot Hub(params SystemView[] systems) => new(
        [.. systems.Select(system => new SystemSnapshot(system, Now.AddSeconds(-40), 1_234, 0.5))], [new("inbound", 2), new("push", 0)], new(0, false), new(0, false),
        [new RunView(RecordId.Parse("0123456789abcdef0123456789abcdef"), RunKind.Sync, RunState.Succeeded, Now.AddMinutes(-5), "key:1") { FinishedAt = Now.AddMinutes(-4) }], Now.AddHours(-2));

    private static SystemView System(string name) => new(new(name), "fakecrm", "Fake CRM", SystemMode.Live, SystemStage.Approved, true, new(0, false, null), new(7, 8, 0, 0, 0, 0), new Dictionary<string, long>())
    {
        Fuse = new(0, 0, 0, 1, 1, 1, 0, 0),
    };
}
