using System.Net;
using StackHub.Connecting;
using StackHub.Identity;
using StackHub.Records;
using StackHub.Security;
using StackHub.Storage;
using StackHub.Sync.Conflicts;
using StackHub.Sync.DeadLetters;
using StackHub.Web.Tests.Hosting;

namespace StackHub.Web.Tests.Shell;

/// <summary>Every action of the console does what it says, and says what it did.</summary>
public sealed class ActionTests
{
    [Fact]
    public async Task Dead_letters_are_replayed()
    {
        await using var hub = await WebHub.StartAsync();
        await hub.Get<DeadLetterStore>().AddAsync(new("0001-a", hub.Parts.Time.GetUtcNow(), "TimeoutException", "It failed 5 times.") { Queue = Queues.Inbound, Body = "sealed" }, CancellationToken.None);
        using var visit = await ConsoleVisit.SignedInAsync(hub, Role.Operator);

        var (place, said) = await visit.DoAsync("dead-letters/replay", ("id", "0001-a"), ("id", "0002-gone"));

        Assert.Equal("dead-letters", place);
        Assert.Equal("1 dead letter tried again; 1 were gone already. What fails again comes back here.", said);
        Assert.Equal("sealed", Assert.Single(await hub.Parts.Queue.PeekAsync(Queues.Inbound, 1, CancellationToken.None)).Body);
        Assert.DoesNotContain(said, await visit.PageAsync("dead-letters"), StringComparison.Ordinal); // once
    }

    [Fact]
    public async Task A_pair_is_merged()
    {
        await using var hub = await WebHub.StartAsync();
        var (conflict, first, second) = await PairAsync(hub);
        using var visit = await ConsoleVisit.SignedInAsync(hub, Role.Operator);

        Assert.Contains("They are one: merge", await visit.PageAsync($"conflicts/{conflict}"), StringComparison.Ordinal);
        var (_, said) = await visit.DoAsync("conflicts/merge", ("id", conflict));

        Assert.StartsWith("Merged", said, StringComparison.Ordinal);
        Assert.Equal(first, hub.Get<Redirects>().Follow(second));
        Assert.Contains("Nothing to decide", await visit.PageAsync("conflicts"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_pair_is_kept_as_two_and_cannot_be_merged_any_more()
    {
        await using var hub = await WebHub.StartAsync();
        var (conflict, _, _) = await PairAsync(hub);
        using var visit = await ConsoleVisit.SignedInAsync(hub, Role.Operator);

        await visit.DoAsync("conflicts/close", ("id", conflict));

        Assert.Equal(HttpStatusCode.Conflict, (await visit.PostAsync("conflicts/merge", ("id", conflict))).StatusCode);
    }

    [Fact]
    public async Task A_viewer_sees_a_case_and_no_button()
    {
        await using var hub = await WebHub.StartAsync();
        var (conflict, _, _) = await PairAsync(hub);
        using var visit = await ConsoleVisit.SignedInAsync(hub, Role.Viewer);

        var page = await visit.PageAsync($"conflicts/{conflict}");

        Assert.DoesNotContain("They are one", page, StringComparison.Ordinal);
        Assert.Contains("takes the role operator", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_system_is_read_approved_paused_and_resumed()
    {
        await using var hub = await WebHub.StartAsync();
        using var visit = await ConsoleVisit.SignedInAsync(hub, Role.Operator, Role.Approver);

        Assert.Equal(HttpStatusCode.Conflict, (await visit.PostAsync("systems/crm/approve")).StatusCode);
        await hub.Get<SystemStates>().ChangeAsync(WebHub.Crm, state => state with { Stage = SystemStage.Baselined }, CancellationToken.None);
        Assert.Contains("Waits for approval", await visit.PageAsync(""), StringComparison.Ordinal);
        Assert.Contains("Records to create", await visit.PageAsync("systems/crm/approve"), StringComparison.Ordinal);
        var (_, approved) = await visit.DoAsync("systems/crm/approve");
        var (_, paused) = await visit.DoAsync("systems/crm/pause", ("reason", "month's end"));
        Assert.Contains("month's end", await visit.PageAsync(""), StringComparison.Ordinal);
        var (_, resumed) = await visit.DoAsync("systems/crm/resume");

        Assert.StartsWith("Approved: 0 records to create", approved, StringComparison.Ordinal);
        Assert.Equal("Writing to crm is paused.", paused);
        Assert.Equal("Writing to crm goes on.", resumed);
        Assert.True((await hub.Get<SystemStates>().GetAsync(WebHub.Crm, CancellationToken.None)).Writes);
    }

    [Fact]
    public async Task A_pause_has_a_line_as_its_reason()
    {
        await using var hub = await WebHub.StartAsync();
        using var visit = await ConsoleVisit.SignedInAsync(hub, Role.Operator);

        Assert.Equal(HttpStatusCode.BadRequest, (await visit.PostAsync("systems/crm/pause", ("reason", new string('x', 201)))).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await visit.PostAsync("systems/none/pause")).StatusCode);
    }

    [Fact]
    public async Task A_run_is_started_once_at_a_time()
    {
        await using var hub = await WebHub.StartAsync();
        hub.Connector(WebHub.Crm).Hold = new();
        using var visit = await ConsoleVisit.SignedInAsync(hub, Role.Operator);

        var (place, said) = await visit.DoAsync("runs", ("kind", "backfill"), ("system", "crm"));

        Assert.StartsWith("runs/", place, StringComparison.Ordinal);
        Assert.Equal("Backfill of crm started.", said);
        Assert.Equal(HttpStatusCode.Conflict, (await visit.PostAsync("runs", ("kind", "backfill"), ("system", "crm"))).StatusCode);
        Assert.Contains("Running", await visit.PageAsync("runs"), StringComparison.Ordinal);
        hub.Connector(WebHub.Crm).Hold!.SetResult();
    }

    [Theory]
    [InlineData("sing", "")]
    [InlineData("7", "")]
    [InlineData("sync", "none")]
    [InlineData("reconcile", "crm")]
    public async Task A_run_that_makes_no_sense_is_not_started(string kind, string system)
    {
        await using var hub = await WebHub.StartAsync();
        using var visit = await ConsoleVisit.SignedInAsync(hub, Role.Operator);

        Assert.Equal(HttpStatusCode.BadRequest, (await visit.PostAsync("runs", ("kind", kind), ("system", system))).StatusCode);
    }

    [Fact]
    public async Task The_plan_says_what_would_be_written_and_why()
    {
        await using var hub = await WebHub.StartAsync();
        await hub.SeenAsync(WebHub.Crm, "7", ("Email", "ada@lovelace.example"), ("FirstName", "Ada"));
        using var visit = await ConsoleVisit.SignedInAsync(hub, Role.Viewer);

        var page = await visit.PageAsync("plan?system=mail");

        Assert.Contains("1 write on this page", page, StringComparison.Ordinal);
        Assert.Contains("crm, authored last", page, StringComparison.Ordinal);
    }

    private static async Task<(string Id, RecordId First, RecordId Second)> PairAsync(WebHub hub)
    {
        var first = await hub.SeenAsync(WebHub.Crm, "1", ("Email", "a@one.example"));
        hub.Parts.Time.Advance(TimeSpan.FromSeconds(1));
        var second = await hub.SeenAsync(WebHub.Crm, "2", ("Email", "b@two.example"));
        var conflict = new Conflict(ConflictKind.PossibleDuplicate, first, hub.Parts.Time.GetUtcNow()) { Other = second, Probability = 0.7 };
        await hub.Get<ConflictStore>().RaiseAsync(conflict, CancellationToken.None);
        return (conflict.Id, first, second);
    }
}
