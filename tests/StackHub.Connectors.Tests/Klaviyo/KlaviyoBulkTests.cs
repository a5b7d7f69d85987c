using StackHub.Connecting;
using SandboxSettings = StackHub.Sandbox.Vendors.Klaviyo.KlaviyoOptions;

namespace StackHub.Connectors.Tests.Klaviyo;

/// <summary>Writes by import jobs, which tell nothing of a record that went well.</summary>
public sealed class KlaviyoBulkTests : KlaviyoTest
{
    private readonly SandboxSettings settings = new() { EnforceLimits = false };

    private protected override SandboxSettings Settings => settings;

    [Fact]
    public async Task Many_records_are_one_job_and_each_is_read_back()
    {
        var outcomes = await Connect().WriteAsync("profiles", [.. People(60)], default);

        Assert.All(outcomes, outcome => Assert.True(Assert.IsType<WriteOutcome.Stored>(outcome).Created));
        Assert.Equal((1, 60, 0), (Calls("imports.create"), Vendor.Sandbox.Stats.Records("imports.create"), Calls("profiles.create")));
        Assert.Equal(outcomes.Select((_, i) => $"p{i}@example.com"), outcomes.Cast<WriteOutcome.Stored>().Select(stored => stored.Values!["email"]));
    }

    [Fact]
    public async Task What_a_job_lost_without_a_word_is_not_called_stored_but_written_again()
    {
        settings.LoseEveryNthImported = 10;

        var outcomes = await Connect().WriteAsync("profiles", [.. People(60)], default);

        Assert.All(outcomes, outcome => Assert.IsType<WriteOutcome.Stored>(outcome));
        Assert.Equal((6, 60), (Calls("profiles.create"), Vendor.Count("profiles")));
    }

    [Fact]
    public async Task A_bad_record_in_a_job_gets_its_own_refusal()
    {
        RecordWrite[] writes = [.. People(30), Some.Person(99, Some.Email("nobody"))];

        var outcomes = await Connect().WriteAsync("profiles", writes, default);

        Assert.Equal("email", Assert.IsType<WriteOutcome.Refused>(outcomes[^1]).VendorField);
        Assert.Equal((30, 1), (outcomes.OfType<WriteOutcome.Stored>().Count(), Calls("profiles.create")));
    }

    [Fact]
    public async Task An_import_takes_over_nobody()
    {
        var shop = Seed(("email", "p0@example.com"), ("external_id", "shop-1"), ("first_name", "Kept"));
        var mother = Seed(("email", "mother@example.com"), ("phone_number", "+15551234567"));
        RecordWrite[] writes = [.. People(30), Some.Person(99, Some.Email("son@example.com"), Some.Phone("+15551234567"))];

        var outcomes = await Connect().WriteAsync("profiles", writes, default);

        Assert.Equal(shop, Assert.IsType<WriteOutcome.Existing>(outcomes[0]).Ref.Id);
        Assert.Equal("phone_number", Assert.IsType<WriteOutcome.Refused>(outcomes[^1]).VendorField);
        Assert.Equal(("shop-1", "Kept", "mother@example.com"), (Stored(shop, "external_id"), Stored(shop, "first_name"), Stored(mother, "email")));
    }

    /// <summary>Two drainers at once: what an import asked before it was sent is no longer true when it is carried out.</summary>
    [Fact]
    public async Task Of_two_people_with_one_phone_that_are_written_at_once_neither_becomes_the_other()
    {
        RecordWrite[] Batch(int from) => [.. Enumerable.Range(from, 30).Select(i => Some.Person(i, Some.Email($"p{i}@example.com"), Some.Phone($"+1555123{i % 30:0000}")))];
        var connector = Connect();

        var outcomes = await Task.WhenAll(connector.WriteAsync("profiles", Batch(0), default), connector.WriteAsync("profiles", Batch(30), default));

        Assert.Equal((30, 30), (outcomes.SelectMany(all => all).OfType<WriteOutcome.Stored>().Count(), outcomes.SelectMany(all => all).OfType<WriteOutcome.Refused>().Count()));
        Assert.All(outcomes.SelectMany((all, batch) => all.Select((outcome, i) => (outcome, Email: $"p{(30 * batch) + i}@example.com"))).Where(pair => pair.outcome is WriteOutcome.Stored),
            pair => Assert.Equal(pair.Email, Stored(((WriteOutcome.Stored)pair.outcome).Ref.Id, "email")));
    }

    [Fact]
    public async Task Updates_by_a_job_clear_and_keep_and_tell_who_is_gone()
    {
        var ids = Enumerable.Range(0, 30).Select(i => Seed(("email", $"p{i}@example.com"), ("first_name", "Old"), ("last_name", "Kept"))).ToList();
        Vendor.Delete("profiles", ids[3]);

        var outcomes = await Connect().WriteAsync("profiles", [.. ids.Select((id, i) => Some.Person(i, Some.First(i % 2 == 0 ? null : "New")) with { Target = id })], default);

        Assert.IsType<WriteOutcome.Gone>(outcomes[3]);
        Assert.Equal(29, outcomes.OfType<WriteOutcome.Stored>().Count(stored => !stored.Created));
        Assert.Equal((null, "Kept", "New"), (Stored(ids[0], "first_name"), Stored(ids[0], "last_name"), Stored(ids[1], "first_name")));
        Assert.Equal(29, Vendor.Count("profiles"));
    }

    [Fact]
    public async Task What_says_who_a_person_is_changes_one_by_one()
    {
        var ids = Enumerable.Range(0, 30).Select(i => Seed(("email", $"p{i}@example.com"))).ToList();
        var writes = ids.Select((id, i) => Some.Person(i, Some.First("New")) with { Target = id }).ToArray();
        writes[0] = Some.Person(0, Some.Email("p1@example.com")) with { Target = ids[0] };

        var outcomes = await Connect().WriteAsync("profiles", writes, default);

        Assert.Equal(ids[1], Assert.IsType<WriteOutcome.Existing>(outcomes[0]).Ref.Id);
        Assert.Equal((29, 1), (Vendor.Sandbox.Stats.Records("imports.create"), Calls("profiles.update")));
    }

    [Fact]
    public async Task A_lost_answer_to_an_import_makes_nobody_twice()
    {
        var connector = Connect();
        Vendor.Sandbox.Faults.Plan(StackHub.Sandbox.Faults.FaultKind.None, StackHub.Sandbox.Faults.FaultKind.None, StackHub.Sandbox.Faults.FaultKind.DropAfter);

        var first = await connector.WriteAsync("profiles", [.. People(30)], default);
        await Task.Delay(300);
        var second = await connector.WriteAsync("profiles", [.. People(30).Select(write => write with { Uncertain = true })], default);

        Assert.All(first, outcome => Assert.True(Assert.IsType<WriteOutcome.Retry>(outcome).Uncertain));
        Assert.All(second, outcome => Assert.IsType<WriteOutcome.Existing>(outcome));
        Assert.Equal(30, Vendor.Count("profiles"));
    }

    [Fact]
    public async Task What_is_stored_but_not_listed_yet_is_not_made_twice()
    {
        Vendor.Sandbox.Faults.SearchLag = TimeSpan.FromSeconds(20);

        var outcomes = await Connect().WriteAsync("profiles", [.. People(30)], default);

        Assert.All(outcomes, outcome => Assert.IsType<WriteOutcome.Existing>(outcome));
        Assert.Equal(30, Vendor.Count("profiles"));
    }

    [Fact]
    public async Task Two_of_one_address_in_a_batch_make_one_profile()
    {
        RecordWrite[] writes = [.. People(30), Some.Person(99, Some.Email("P0@example.com"))];

        var outcomes = await Connect().WriteAsync("profiles", writes, default);

        Assert.Equal(Assert.IsType<WriteOutcome.Stored>(outcomes[0]).Ref, Assert.IsType<WriteOutcome.Existing>(outcomes[^1]).Ref);
    }

    private static IEnumerable<RecordWrite> People(int count) =>
        Enumerable.Range(0, count).Select(i => Some.Person(i, Some.Email($"p{i}@example.com"), Some.First($"P{i}"), Some.Field("properties.lead_score", $"{i}", Mapping.FieldType.Number)));
}

/// <summary>Jobs that take longer than the hub waits.</summary>
public sealed class KlaviyoSlowJobTests : KlaviyoTest
{
    private protected override SandboxSettings Settings => new() { EnforceLimits = false, JobTime = TimeSpan.FromMinutes(10), DeletionTime = TimeSpan.FromMinutes(10) };

    [Fact]
    public async Task A_slow_job_is_left_alone_and_found_done_later()
    {
        var connector = Connect(("jobWaitSeconds", "1"));
        RecordWrite[] writes = [.. Enumerable.Range(0, 30).Select(i => Some.Person(i, Some.Email($"p{i}@example.com")))];

        var first = await connector.WriteAsync("profiles", writes, default);
        Vendor.Sandbox.Clock.Advance(TimeSpan.FromMinutes(11));
        var second = await connector.WriteAsync("profiles", writes, default);

        Assert.All(first, outcome => Assert.Equal("import_not_confirmed", Assert.IsType<WriteOutcome.Retry>(outcome).Code));
        Assert.All(second, outcome => Assert.IsType<WriteOutcome.Existing>(outcome));
        Assert.Equal(30, Vendor.Count("profiles"));
    }

    [Fact]
    public async Task A_slow_deletion_is_not_called_done()
    {
        var id = Seed(("email", "ada@example.com"));
        var connector = Connect(("jobWaitSeconds", "1"));

        var first = (await connector.DeleteAsync("profiles", [id], default)).Single();
        Vendor.Sandbox.Clock.Advance(TimeSpan.FromMinutes(11));
        var second = (await connector.DeleteAsync("profiles", [id], default)).Single();

        Assert.IsType<WriteOutcome.Retry>(first);
        Assert.IsType<WriteOutcome.Gone>(second);
    }

    [Fact]
    public async Task An_opt_out_that_does_not_show_is_tried_again()
    {
        var id = Seed(("email", "ada@example.com"));

        var outcome = await WriteAsync(Connect(("jobWaitSeconds", "1")), Some.Person(1, Some.OptOut(true)) with { Target = id });

        Assert.Equal("opt_out_not_confirmed", Assert.IsType<WriteOutcome.Retry>(outcome).Code);
    }
}
