using StackHub.Connecting;
using StackHub.Testing.Connecting;
using SandboxFault = StackHub.Sandbox.Faults.FaultKind;

namespace StackHub.Connectors.Tests.Zendesk;

/// <summary>Background jobs: rows, lost answers, jobs that end badly, the room there is for them.</summary>
public sealed class ZendeskJobTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Each_row_of_a_mixed_batch_finds_its_record(bool asDescribed)
    {
        await using var vendor = await ZendeskUnderTest.StartAsync(ZendeskUnderTest.AtOnce with { AsDescribed = asDescribed });
        var known = vendor.Seed("users", ("email", "known@example.com"));
        var there = vendor.Seed("users", ("email", "there@example.com"));
        var gone = vendor.Seed("users", ("email", "gone@example.com"));
        vendor.Delete("users", gone);

        var outcomes = await vendor.Connect().WriteAsync("users",
        [
            Some.User(1, Some.Email("not an address")),
            Some.User(2, Some.Email("two@example.com")),
            Some.User(3, Some.Title("There")) with { Target = there },
            Some.User(4, Some.Email("known@example.com")),
            Some.User(5, Some.Title("Gone")) with { Target = gone },
            Some.User(6, Some.Email("also not one")),
            Some.User(7, Some.Email("seven@example.com")),
        ], default);

        Assert.Equal("email", Assert.IsType<WriteOutcome.Refused>(outcomes[0]).VendorField);
        Assert.Equal("two@example.com", AddressOf(vendor, outcomes[1]));
        Assert.Equal(there, Assert.IsType<WriteOutcome.Stored>(outcomes[2]).Ref.Id);
        Assert.Equal(known, Assert.IsType<WriteOutcome.Existing>(outcomes[3]).Ref.Id);
        Assert.IsType<WriteOutcome.Gone>(outcomes[4]);
        Assert.IsType<WriteOutcome.Refused>(outcomes[5]);
        Assert.Equal("seven@example.com", AddressOf(vendor, outcomes[6]));
        Assert.Empty(vendor.Violations);
    }

    [Fact]
    public async Task A_hundred_creates_are_three_calls()
    {
        await using var vendor = await ZendeskUnderTest.StartAsync(ZendeskUnderTest.AtOnce);
        List<(string Operation, int Records)> calls = [];
        using var tokens = new FakeTokens();
        var connector = vendor.Connect(new FakeBudget(TimeProvider.System), tokens, (operation, records) => calls.Add((operation, records)));

        await connector.WriteAsync("users", [.. Enumerable.Range(0, 100).Select(number => Some.User(number, Some.Email($"u{number}@example.com")))], default);

        Assert.Equal([("users.createMany", 100), ("jobStatuses.get", 1), ("users.showMany", 100)], calls);
    }

    [Fact]
    public async Task A_create_that_is_still_queued_when_it_is_looked_for_makes_one_user()
    {
        await using var vendor = await ZendeskUnderTest.StartAsync(ZendeskUnderTest.AtOnce with { JobDelay = TimeSpan.FromMilliseconds(300) });
        var connector = vendor.Connect();
        var write = Some.User(1, Some.Email("a@example.com"));
        vendor.LoseNextAnswer();

        var lost = await connector.OneAsync(write);
        var again = await connector.OneAsync(write with { Uncertain = true });

        Assert.True(Assert.IsType<WriteOutcome.Retry>(lost).Uncertain);
        Assert.IsType<WriteOutcome.Existing>(again);
        Assert.Equal(1, vendor.Count("users"));
    }

    [Fact]
    public async Task A_job_that_cannot_be_looked_at_leaves_its_records_uncertain()
    {
        await using var vendor = await ZendeskUnderTest.StartAsync(ZendeskUnderTest.AtOnce);
        var connector = vendor.Connect();
        var write = Some.User(1, Some.Email("a@example.com"));
        vendor.Sandbox.Faults.Plan(SandboxFault.None, SandboxFault.ServerError, SandboxFault.ServerError, SandboxFault.ServerError);

        var unknown = await connector.OneAsync(write);
        var again = await connector.OneAsync(write with { Uncertain = true });

        Assert.True(Assert.IsType<WriteOutcome.Retry>(unknown).Uncertain);
        Assert.IsType<WriteOutcome.Existing>(again);
        Assert.Equal(1, vendor.Count("users"));
    }

    [Fact]
    public async Task A_killed_job_is_tried_again()
    {
        await using var vendor = await ZendeskUnderTest.StartAsync(ZendeskUnderTest.AtOnce);
        var connector = vendor.Connect();
        vendor.Sandbox.KillNextJobs(1);

        var killed = await connector.OneAsync(Some.User(1, Some.Email("a@example.com")));
        var again = await connector.OneAsync(Some.User(1, Some.Email("a@example.com")) with { Uncertain = true });

        Assert.True(Assert.IsType<WriteOutcome.Retry>(killed).Uncertain);
        Assert.IsType<WriteOutcome.Stored>(again);
    }

    [Fact]
    public async Task A_job_that_is_no_longer_known_or_never_ends_is_uncertain()
    {
        await using var forgetful = await ZendeskUnderTest.StartAsync(ZendeskUnderTest.AtOnce with { JobLife = TimeSpan.Zero });
        await using var slow = await ZendeskUnderTest.StartAsync(ZendeskUnderTest.AtOnce with { JobDelay = TimeSpan.FromMinutes(1) });

        var forgotten = await forgetful.Connect().OneAsync(Some.User(1, Some.Email("a@example.com")));
        var endless = await slow.Connect(("jobSeconds", "1")).OneAsync(Some.User(1, Some.Email("a@example.com")));

        Assert.True(Assert.IsType<WriteOutcome.Retry>(forgotten).Uncertain);
        Assert.True(Assert.IsType<WriteOutcome.Retry>(endless).Uncertain);
    }

    [Theory]
    [InlineData("2", false)]
    [InlineData("30", true)]
    public async Task The_hub_keeps_to_its_room_for_jobs_and_waits_where_others_took_it(string jobs, bool isRefused)
    {
        await using var vendor = await ZendeskUnderTest.StartAsync(ZendeskUnderTest.AtOnce with { JobLimit = 2, JobDelay = TimeSpan.FromMilliseconds(150) });
        var budget = new FakeBudget(TimeProvider.System);
        var connector = vendor.Connect(budget, ("jobs", jobs));

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 5).Select(number => connector.OneAsync(Some.User(number, Some.Email($"u{number}@example.com")))));

        Assert.All(outcomes, outcome => Assert.IsType<WriteOutcome.Stored>(outcome));
        Assert.Equal(isRefused, !budget.Blocks.IsEmpty);
    }

    [Fact]
    public async Task Without_bulk_imports_a_lost_create_makes_one_user_and_the_refusal_is_asked_for_once()
    {
        await using var vendor = await ZendeskUnderTest.StartAsync(ZendeskUnderTest.AtOnce with { BulkImports = false });
        var connector = vendor.Connect(("concurrency", "1"));
        vendor.Sandbox.Faults.Plan(SandboxFault.None, SandboxFault.DropAfter);
        RecordWrite[] writes = [Some.User(1, Some.Email("a@example.com")), Some.User(2, Some.Email("b@example.com")), Some.User(3, Some.Email("bad"))];

        var first = await connector.WriteAsync("users", writes, default);
        var again = await connector.OneAsync(writes[0] with { Uncertain = true });
        await connector.OneAsync(Some.User(4, Some.Email("d@example.com")));

        Assert.True(Assert.IsType<WriteOutcome.Retry>(first[0]).Uncertain);
        Assert.IsType<WriteOutcome.Stored>(first[1]);
        Assert.Equal(("InvalidFormat", "email"), Assert.IsType<WriteOutcome.Refused>(first[2]) is var refused ? (refused.Code, refused.VendorField) : default);
        Assert.IsType<WriteOutcome.Existing>(again);
        Assert.Equal(3, vendor.Count("users"));
        Assert.Equal(1, vendor.Sandbox.Stats.Operations.Single(operation => operation.Operation == "users.createMany").Calls);
    }

    private static string? AddressOf(ZendeskUnderTest vendor, WriteOutcome outcome) =>
        (string?)vendor.User(Assert.IsType<WriteOutcome.Stored>(outcome).Ref.Id)!["email"];
}
