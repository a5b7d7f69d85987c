using StackHub.Audit;
using StackHub.Audit.Inventory;
using StackHub.Audit.Measured;
using StackHub.Audit.Reports;
using StackHub.Security;
using StackHub.Testing.Audit;
using StackHub.Testing.Storage;

namespace StackHub.Tests.Audit;

public sealed class MeasuredStackTests
{
    private static readonly AuditRun First = new("20261201T080000Z-aaaaaa", Stacks.Now);
    private static readonly AuditRun Second = new("20261208T080000Z-bbbbbb", Stacks.Now.AddDays(7));
    private readonly InMemoryTables tables = new();
    private readonly InMemoryBlobs blobs = new();
    private readonly MeasuredStack measured;

    public MeasuredStackTests() => measured = new(tables, blobs, new HubKeys(new byte[32]));

    [Fact]
    public async Task What_is_kept_says_the_same_to_every_check_and_report()
    {
        var stack = Whole();
        await measured.KeepAsync(First, stack, CancellationToken.None);

        var read = (await measured.FindAsync(First.Id, CancellationToken.None))!;

        Assert.NotEmpty(stack.Findings());
        Assert.Equal(Said(stack), Said(read));
        Assert.Equal(Json(stack), Json(read));
        Assert.Equal((stack.At, stack.Usage.Rows, stack.Usage.Users), (read.At, read.Usage.Rows, read.Usage.Users));
        Assert.Equal(stack.Usage.Of(new("desk")), read.Usage.Of(new("desk")));
        Assert.Equal(stack.Rarity.Weight("chat"), read.Rarity.Weight("chat"));
        Assert.Equal(["email", "plan"], read.UnknownOrigins.Single().Fields);
    }

    [Fact]
    public async Task Only_the_newest_is_kept_and_nothing_readable_of_anybody()
    {
        await measured.KeepAsync(First, Whole(), CancellationToken.None);
        await measured.KeepAsync(Second, Stacks.Of(Stacks.Tool("CRM")), CancellationToken.None);

        Assert.Null(await measured.FindAsync(First.Id, CancellationToken.None));
        Assert.Equal("crm", (await measured.FindAsync(Second.Id, CancellationToken.None))!.Tools.Single().Id.Text);
        var names = await Names();
        Assert.All(names, name => Assert.StartsWith($"audit-measured/{Second.Id}/", name, StringComparison.Ordinal));
        foreach (var name in names)
            Assert.DoesNotContain("owner@example.com", System.Text.Encoding.Latin1.GetString((await blobs.GetAsync(name, CancellationToken.None))!), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_run_that_died_over_it_keeps_the_one_before()
    {
        await measured.KeepAsync(First, Whole(), CancellationToken.None);
        tables.Before = _ => throw new IOException("the process died");
        await Record.ExceptionAsync(() => measured.KeepAsync(Second, Stacks.Of(), CancellationToken.None));
        tables.Before = null;

        Assert.NotNull(await measured.FindAsync(First.Id, CancellationToken.None));
        await measured.KeepAsync(Second, Stacks.Of(), CancellationToken.None);
        Assert.Single(await Names());
    }

    [Fact]
    public async Task A_large_one_is_kept_in_parts()
    {
        var random = new Random(7);
        var stack = Stacks.Of(Stacks.Tool("Desk")).With([.. Enumerable.Range(0, 40).Select(number => ($"Tool {number}", Enumerable.Range(0, 30_000), (NodaTime.LocalDate?)Stacks.Today.PlusDays(-random.Next(400))))]);
        await measured.KeepAsync(First, stack, CancellationToken.None);

        var read = (await measured.FindAsync(First.Id, CancellationToken.None))!;

        Assert.Equal(1_200_000, read.Usage.Rows);
        Assert.True((await Names()).Count > 1);
        Assert.Equal(stack.Usage.LastLogin(new("tool-39")), read.Usage.LastLogin(new("tool-39")));
    }

    /// <summary>Something of everything that an inventory holds.</summary>
    private static StackInventory Whole()
    {
        var stack = SomeAudit.Report.Stack;
        var desk = Stacks.Tool("Desk", "chat", "email") with
        {
            Owner = Stacks.Person(1),
            Seats = 120,
            Cost = new(24_000, 75, "EUR"),
            Contract = new(new(2027, 1, 15), 30) { RenewsItself = true },
            Sources = ToolSources.List | ToolSources.Finance,
            Systems = ["desk"],
            Integration = new ToolIntegration(0.5, TimeSpan.FromHours(30), TimeSpan.FromDays(400)) with { CallsUsed = 90, CallsAllowed = 100 },
            Privacy = new ToolPrivacy(false, "US") { CanErase = true, Claim = new(StackHub.Connecting.ErasureKind.Delete, TimeSpan.FromDays(30), "its log"), Drill = new(Stacks.Today, false, null) { Reason = "still there" } },
            Security = new(true, null, false),
        };
        return stack with
        {
            Tools = [.. stack.Tools.Append(desk).Append(Stacks.Tool("Chat", "chat", "email")).OrderBy(tool => tool.Id)],
            Usage = Stacks.Of().With(("Desk", Enumerable.Range(0, 78), Stacks.Today.PlusDays(-3)), ("Desk", [90], null), ("Chat", Enumerable.Range(0, 70), Stacks.Today)).Usage,
            Leavers = Stacks.Of().WithLeavers(Stacks.Person(1)).Leavers,
            Assets = [.. stack.Assets, new ToolAsset(new("desk"), AssetKind.Flow, "desk/people") { Feeds = ["crm"] }],
            Traffic = [.. stack.Traffic, new(new("desk"), Stacks.Today, 3, 4, 12)],
            Records = new Dictionary<ToolId, ToolRecords> { [new("desk")] = new(Stacks.Sketch(Enumerable.Range(0, 3_000)), RecordSketch.Empty), [new("chat")] = new(Stacks.Sketch(Enumerable.Range(500, 3_000)), RecordSketch.Empty) }.ToFrozen(),
            UnknownOrigins = [new("events.shadow.example", Stacks.Today, Stacks.Today, 4) { Fields = ["email", "plan"] }],
            IntentionalPairs = [new(new("a"), new("b"), "two regions", Stacks.Today)],
            Rarity = CapabilityRarity.Of(503, new Dictionary<string, int> { ["chat"] = 13, ["email"] = 100 }),
        };
    }

    private static string[] Said(StackInventory stack) => [.. stack.Findings().Select(finding => $"{finding.Id} {finding} {finding.Title} {finding.Saving} {finding.Due} {finding.Owner?.Text} {string.Join(';', finding.Evidence)}")];

    private static string Json(StackInventory stack) => System.Text.Encoding.UTF8.GetString(ReportFormat.Json.Bytes(AuditReport.Of(stack.View(), First, [.. stack.Findings()])));

    private async Task<IReadOnlyList<string>> Names()
    {
        var names = new List<string>();
        await foreach (var name in blobs.ListAsync("audit-measured/", CancellationToken.None))
            names.Add(name);
        return names;
    }
}
