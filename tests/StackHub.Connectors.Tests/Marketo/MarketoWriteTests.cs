using StackHub.Connecting;
using StackHub.Mapping;
using SandboxFault = StackHub.Sandbox.Faults.FaultKind;

namespace StackHub.Connectors.Tests.Marketo;

public sealed class MarketoWriteTests : MarketoScene
{
    [Fact]
    public async Task An_address_that_several_leads_share_is_ambiguous()
    {
        var ids = new[] { Seed("shared@example.com"), Seed("Shared@Example.com") };

        var outcome = await WriteAsync(Some.Lead(1, Some.Email("shared@example.com")));

        Assert.Equal(ids, Assert.IsType<WriteOutcome.Ambiguous>(outcome).Refs.Select(r => r.Id));
        Assert.Equal(2, Vendor.Count("leads"));
    }

    [Fact]
    public async Task An_update_goes_by_id_and_leaves_others_with_the_address_alone()
    {
        var (one, other) = (Seed("shared@example.com"), Seed("shared@example.com"));

        var outcome = await WriteAsync(Some.Lead(1, Some.Email("shared@example.com"), Some.Field("title", "New")) with { Target = one });

        Assert.Equal((one, false), outcome is WriteOutcome.Stored stored ? (stored.Ref.Id, stored.Created) : default);
        Assert.Equal(("New", "Boss"), (Stored(one, "title"), Stored(other, "title")));
    }

    [Fact]
    public async Task Of_two_creates_with_one_address_the_second_finds_the_first()
    {
        var outcomes = await WriteAsync(Some.Lead(1, Some.Email("a@example.com")), Some.Lead(2, Some.Email("A@example.com")), Some.Lead(3, Some.Email("c@example.com")));

        var first = Assert.IsType<WriteOutcome.Stored>(outcomes[0]);
        Assert.Equal(first.Ref, Assert.IsType<WriteOutcome.Existing>(outcomes[1]).Ref);
        Assert.IsType<WriteOutcome.Stored>(outcomes[2]);
        Assert.Equal(2, Vendor.Count("leads"));
    }

    [Fact]
    public async Task A_lead_that_the_look_up_did_not_show_yet_is_not_doubled()
    {
        Vendor.Sandbox.Faults.SearchLag = TimeSpan.FromMinutes(5);
        var id = Seed("new@example.com");

        var early = await WriteAsync(Some.Lead(1, Some.Email("new@example.com")));
        Vendor.Time.Advance(TimeSpan.FromMinutes(6));
        var late = await WriteAsync(Some.Lead(1, Some.Email("new@example.com")));

        Assert.False(Assert.IsType<WriteOutcome.Retry>(early).Uncertain);
        Assert.Equal(id, Assert.IsType<WriteOutcome.Existing>(late).Ref.Id);
        Assert.Equal(1, Vendor.Count("leads"));
    }

    [Fact]
    public async Task A_create_whose_answer_was_lost_is_found_by_the_hubs_id_when_its_address_was_changed()
    {
        var write = Some.Lead(1, Some.Email("before@example.com"));
        Vendor.LoseNextAnswer();
        Assert.True(Assert.IsType<WriteOutcome.Retry>(await WriteAsync(write)).Uncertain);
        var id = (await Some.All(Connector.ScanAsync("leads", ["email"], null, default))).SelectMany(page => page.Records).Single().Ref.Id;
        Vendor.Edit("leads", id, Some.Person("after@example.com"));

        var again = await WriteAsync(write with { Uncertain = true });

        Assert.Equal(id, Assert.IsType<WriteOutcome.Existing>(again).Ref.Id);
        Assert.Equal(1, Vendor.Count("leads"));
    }

    [Fact]
    public async Task A_create_without_an_address_is_an_upsert_by_the_hubs_id()
    {
        var write = Some.Lead(1, Some.Field("lastName", "Nobody"));
        Vendor.Sandbox.Faults.SearchLag = TimeSpan.FromMinutes(5); // no look-up will show it
        Vendor.LoseNextAnswer();

        var lost = await WriteAsync(write);
        var again = await WriteAsync(write);

        Assert.True(Assert.IsType<WriteOutcome.Retry>(lost).Uncertain);
        Assert.False(Assert.IsType<WriteOutcome.Stored>(again).Created);
        Assert.Equal(1, Vendor.Count("leads"));
    }

    [Fact]
    public async Task A_record_that_is_skipped_is_refused_with_its_code_and_field_and_the_others_are_stored()
    {
        var outcomes = await WriteAsync(
            Some.Lead(1, Some.Email("a@example.com"), Some.Field("leadScore", "many", FieldType.Number)),
            Some.Lead(2, Some.Email("b@example.com"), Some.Field("title", new string('x', 300))),
            Some.Lead(3, Some.Email("c@example.com")));

        Assert.Equal(("1001", "leadScore"), outcomes[0] is WriteOutcome.Refused one ? (one.Code, one.VendorField) : default);
        Assert.Equal(("1003", "title"), outcomes[1] is WriteOutcome.Refused two ? (two.Code, two.VendorField) : default);
        Assert.IsType<WriteOutcome.Stored>(outcomes[2]);
    }

    [Fact]
    public async Task A_field_that_does_not_exist_fails_the_whole_call_but_only_its_own_records()
    {
        var writes = Enumerable.Range(1, 9).Select(n => n is 4 or 7
            ? Some.Lead(n, Some.Email($"p{n}@example.com"), Some.Field("noSuchField", "x"))
            : Some.Lead(n, Some.Email($"p{n}@example.com"))).ToArray();

        var outcomes = await WriteAsync(writes);

        Assert.All((int[])[3, 6], i => Assert.Equal("noSuchField", Assert.IsType<WriteOutcome.Refused>(outcomes[i]).VendorField));
        Assert.Equal(7, outcomes.Count(o => o is WriteOutcome.Stored));
        Assert.Equal(7, Vendor.Count("leads"));
    }

    [Fact]
    public async Task A_body_that_Marketo_finds_too_large_is_cut_in_two()
    {
        await StartAsync(new() { LongestBody = 2_000 });
        var writes = Enumerable.Range(1, 30).Select(n => Some.Lead(n, Some.Email($"p{n}@example.com"), Some.Field("title", new string('x', 100)))).ToArray();

        var outcomes = await WriteAsync(writes);

        Assert.All(outcomes, o => Assert.IsType<WriteOutcome.Stored>(o));
        Assert.Equal(30, Vendor.Count("leads"));
    }

    [Fact]
    public async Task Bodies_stay_below_a_megabyte()
    {
        await StartAsync(new() { LongestText = 10_000 });
        var writes = Enumerable.Range(1, 300).Select(n => Some.Lead(n, Some.Email($"p{n}@example.com"), Some.Field("title", new string('x', 5_000)))).ToArray();

        var outcomes = await WriteAsync(writes);

        Assert.All(outcomes, o => Assert.IsType<WriteOutcome.Stored>(o));
        Assert.Empty(Vendor.Violations);
    }

    [Fact]
    public async Task Addresses_are_looked_up_in_queries_below_8_KB()
    {
        var writes = Enumerable.Range(1, 300).Select(n => Some.Lead(n, Some.Email($"{new string('a', 60)}{n}@{new string('b', 60)}.example.com"))).ToArray();

        await WriteAsync(writes);
        var again = await WriteAsync([.. writes.Select(w => w with { Uncertain = true })]);

        Assert.All(again, o => Assert.IsType<WriteOutcome.Existing>(o));
        Assert.Empty(Vendor.Violations);
    }

    [Fact]
    public async Task A_write_to_a_merged_lead_moves_to_its_survivor_or_is_gone()
    {
        var created = Assert.IsType<WriteOutcome.Stored>(await WriteAsync(Some.Lead(1, Some.Email("a@example.com")))).Ref.Id;
        var (winner, loser) = (Seed("b@example.com"), Seed("c@example.com"));
        Vendor.Merge(winner, created); // the winner takes over the hub's id, as it had none
        Vendor.Merge(winner, loser);

        var outcomes = await WriteAsync(
            Some.Lead(1, Some.Field("title", "x")) with { Target = created },
            Some.Lead(2, Some.Field("title", "x")) with { Target = loser });

        Assert.Equal(winner, Assert.IsType<WriteOutcome.Moved>(outcomes[0]).To.Id);
        Assert.IsType<WriteOutcome.Gone>(outcomes[1]);
    }

    [Fact]
    public async Task What_was_updated_is_told_when_the_creates_after_it_fail()
    {
        var id = Seed("a@example.com");
        Vendor.Sandbox.Faults.Plan(SandboxFault.None, SandboxFault.None, SandboxFault.DropAfter);

        var outcomes = await WriteAsync(Some.Lead(1, Some.Field("title", "x")) with { Target = id }, Some.Lead(2, Some.Email("b@example.com")));

        Assert.IsType<WriteOutcome.Stored>(outcomes[0]);
        Assert.True(Assert.IsType<WriteOutcome.Retry>(outcomes[1]).Uncertain);
    }

    [Fact]
    public async Task A_look_up_that_fails_after_the_write_makes_no_refusal_of_it_and_loses_none()
    {
        var (kept, gone) = (Seed("a@example.com"), Seed("b@example.com"));
        Vendor.Delete("leads", gone);
        Vendor.Sandbox.Faults.Plan([SandboxFault.None, .. Enumerable.Repeat(SandboxFault.ServerError, 3)]);

        var outcomes = await WriteAsync(Some.Lead(1, Some.Field("title", "x")) with { Target = kept }, Some.Lead(2, Some.Field("title", "x")) with { Target = gone });

        Assert.IsType<WriteOutcome.Stored>(outcomes[0]);
        Assert.IsType<WriteOutcome.Retry>(outcomes[1]);
    }

    [Fact]
    public async Task Deleting_twice_is_gone_both_times()
    {
        var id = Seed("a@example.com");

        var outcomes = await Connector.DeleteAsync("leads", [id, id, "no number"], default);

        Assert.All(outcomes, o => Assert.IsType<WriteOutcome.Gone>(o));
        Assert.Equal(0, Vendor.Count("leads"));
    }

    [Fact]
    public async Task Without_the_field_for_the_hubs_id_a_person_is_asked_and_nothing_is_refused()
    {
        await StartAsync(options: null, withSetup: false);

        var e = await Assert.ThrowsAsync<VendorUnavailableException>(() => WriteAsync(Some.Lead(1, Some.Field("lastName", "x"))));

        Assert.True(e.NeedsPerson);
        Assert.Equal(0, Vendor.Count("leads"));
    }
}
