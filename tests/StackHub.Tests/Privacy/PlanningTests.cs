using StackHub.Mapping;
using StackHub.Privacy;
using StackHub.Privacy.Planning;
using StackHub.Records;
using StackHub.Testing.Privacy;

namespace StackHub.Tests.Privacy;

public sealed class PlanningTests
{
    [Fact]
    public async Task S12_A_shared_mailbox_needs_review_and_deletes_nobody()
    {
        await using var scene = new PrivacyScene("salesforce");
        scene.Person("salesforce", "info@acme.com", "Ada", "Lovelace");
        scene.Person("salesforce", "info@acme.com", "Bob", "Smith");
        scene.Person("salesforce", "info@acme.com", "Cleo", "Jones");
        await scene.SyncAsync();

        var request = await scene.PlannedAsync("info@acme.com");
        var optOut = (await scene.SubmitAsync("info@acme.com", PrivacyRequestKind.OptOutOfSale))[0];
        await scene.Hub.PumpAsync();
        await scene.PassAsync(TimeSpan.FromHours(2));

        Assert.Equal(PrivacyRequestState.NeedsReview, request.State);
        Assert.Equal(3, request.Candidates.Count);
        Assert.Empty(scene["salesforce"].Deletions);
        Assert.Equal(PrivacyRequestState.Complete, (await scene.RequestAsync(optOut)).State);
        Assert.Equal(3, scene["salesforce"].Inner.Live("people").Values.Count(fields => fields["mail"] == "info@acme.com" && fields.GetValueOrDefault("optout") == "true"));
    }

    [Fact]
    public async Task S12_The_officer_who_chooses_gets_a_plan_for_those_alone()
    {
        await using var scene = new PrivacyScene("salesforce");
        scene.Person("salesforce", "info@acme.com", "Ada", "Lovelace");
        scene.Person("salesforce", "info@acme.com", "Bob", "Smith");
        await scene.SyncAsync();
        var request = await scene.PlannedAsync("info@acme.com");

        await scene.Desk.ChooseAsync(request.Id, [request.Candidates[0]], "olga", "passport seen", default);
        await scene.Hub.PumpAsync();

        var planned = await scene.RequestAsync(request.Id);
        Assert.Equal(PrivacyRequestState.Planned, planned.State);
        Assert.Equal([request.Candidates[0]], planned.Plan!.Records);
        Assert.Single(planned.Plan.Items);
        Assert.DoesNotContain(new Alias("email", "info@acme.com").Hash(scene.Hub.Get<StackHub.Security.HubKeys>()), planned.Plan.Tombstones);
    }

    [Fact]
    public async Task S13_Every_address_and_number_of_a_person_leads_to_every_system_they_are_in()
    {
        await using var scene = new PrivacyScene("salesforce", "hubspot", "zendesk");
        var contact = scene.Person("salesforce", "ada@old.example", phone: "+493012345678");
        await scene.SyncAsync();
        scene["salesforce"].Inner.Edit(contact, "mail", "ada@new.example");
        await scene.Hub.SettleAsync();

        var byOld = await scene.PlannedAsync("ada@old.example");
        var byPhone = await scene.PlannedAsync(new SubjectClaims { Phones = ["+49 30 12345678"] });

        Assert.Equal(["hubspot", "salesforce", "zendesk"], byOld.Plan!.Systems.Select(system => system.System.Name).Order());
        Assert.Equal(3, byOld.Plan.Items.Count);
        Assert.Equal(byOld.Plan.Items.Select(item => item.Ref), byPhone.Plan!.Items.Select(item => item.Ref));
        Assert.All(byOld.Plan.Items, item => Assert.Equal([$"DELETE /people/{item.Id}?forever=true"], item.Calls));
        Assert.All(byOld.Plan.Items, item => Assert.Equal("a record linked by syncing", item.FoundBy));
    }

    [Fact]
    public async Task S18_A_hash_that_means_two_people_opts_both_out_and_deletes_none()
    {
        await using var scene = new PrivacyScene("salesforce");
        scene.Person("salesforce", "desk@acme.example", "Ada", "Lovelace");
        scene.Person("salesforce", "desk@acme.example", "Bob", "Smith");
        await scene.SyncAsync();
        var hash = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData("desk@acme.example"u8));

        var request = await scene.PlannedAsync(new SubjectClaims { Hashes = [hash] });
        await scene.PassAsync(TimeSpan.FromHours(2));

        Assert.True(request.Plan!.OptOutOnly);
        Assert.Equal(2, request.Plan.Items.Count);
        Assert.Equal(PrivacyRequestState.Complete, (await scene.RequestAsync(request.Id)).State);
        Assert.Empty(scene["salesforce"].Deletions);
        Assert.Equal(["Lovelace", "Smith"], scene["salesforce"].Inner.Live("people").Values.Where(fields => fields.GetValueOrDefault("optout") == "true").Select(fields => fields["last"]!).Order());
    }

    [Fact]
    public async Task S15_What_is_no_number_or_address_is_refused_before_anything_is_kept()
    {
        await using var scene = new PrivacyScene("salesforce");

        var answer = await scene.Hub.Get<SubmitPrivacyRequest>().HandleAsync(new([PrivacyRequestKind.Erasure], new() { Phones = ["+1\" OR 1=1"], Emails = ["nobody"] }, "public", "1"), default);

        var problems = Assert.IsType<SubmitAnswer.Invalid>(answer).Problems;
        Assert.Equal(["Address 1 is not an e-mail address.", "Phone number 1 is not a valid number; write it with its country code."], problems);
        Assert.Empty(await scene.Store.OpenAsync(default));
    }

    [Fact]
    public async Task S36_A_system_with_open_tasks_is_named_when_it_is_taken_out()
    {
        await using var scene = new PrivacyScene("salesforce", "hubspot");
        scene.Person("salesforce", "ada@example.com");
        await scene.SyncAsync();
        var id = await scene.BegunAsync("ada@example.com");
        await scene.Hub.PumpAsync();
        var smaller = new StackHub.Configuration.HubModel([scene.Hub.Get<StackHub.Configuration.HubModel>().Systems[new("salesforce")]], new Dictionary<RecordKind, System.Collections.Immutable.ImmutableArray<FieldDefinition>>());

        var problems = await new RemovedSystems(scene.Store, smaller).ProblemsAsync(default);

        Assert.Equal([$"System 'hubspot' is not configured any more, but 1 privacy request needs it: put it back, or show by hand that they are done ({id})."], problems);
    }

    [Fact]
    public async Task S22_Sources_come_first_then_marketing_then_service()
    {
        await using var scene = new PrivacyScene("zendesk", "marketo", "salesforce");

        var stages = FeedOrder.Stages(scene.Hub.Get<StackHub.Configuration.HubModel>());

        Assert.Equal([0, 1, 2], new[] { "salesforce", "marketo", "zendesk" }.Select(name => stages[new(name)]));
    }

    [Fact]
    public async Task Among_equals_the_system_of_record_feeds_the_other()
    {
        var policies = new Dictionary<string, FieldPolicy> { ["title"] = new(PolicyKind.SystemOfRecord, [new("hubspot"), new("salesforce")]) };
        await using var scene = new PrivacyScene(["salesforce", "hubspot"], null, policies);

        var stages = FeedOrder.Stages(scene.Hub.Get<StackHub.Configuration.HubModel>());

        Assert.Equal(0, stages[new("hubspot")]);
        Assert.Equal(1, stages[new("salesforce")]);
    }

    [Fact]
    public void S24_A_vendor_that_takes_thirty_days_cannot_prove_a_law_that_gives_twenty_nine()
    {
        var now = new DateTimeOffset(2026, 2, 1, 9, 0, 0, TimeSpan.Zero);
        var due = new DateTimeOffset(2026, 3, 2, 23, 0, 0, TimeSpan.Zero);

        var late = Feasibility.Of("segment", TimeSpan.FromDays(30), TimeSpan.Zero, 0, null, due, now);
        var draft = Feasibility.ExtensionDraft(new(RequestId.New(now), PrivacyRequestKind.Erasure, SubjectClaims.None, now, "public"), [late], due);

        Assert.False(late.InTime);
        Assert.Equal(new DateTimeOffset(2026, 1, 31, 23, 0, 0, TimeSpan.Zero), late.LatestDispatch);
        Assert.Equal("segment cannot be proven in time: it takes until 2026-03-03, and the safe date is 2026-03-02. The latest safe dispatch was 2026-01-31 23:00 UTC.", late.Words);
        Assert.Contains("needs until 2026-03-03", draft, StringComparison.Ordinal);
    }

    [Fact]
    public void S24_Its_queue_and_quota_count()
    {
        var now = new DateTimeOffset(2026, 2, 1, 9, 0, 0, TimeSpan.Zero);

        var quota = Feasibility.Of("activecampaign", TimeSpan.FromDays(1), TimeSpan.Zero, 1_000, 100, now.AddDays(10), now);

        Assert.Equal(now.AddDays(11), quota.ProvenBy);
        Assert.False(quota.InTime);
        Assert.True(Feasibility.Of("activecampaign", TimeSpan.FromDays(1), TimeSpan.Zero, 100, 100, now.AddDays(10), now).InTime);
    }

    [Fact]
    public async Task S39_What_takes_more_than_the_record_with_it_needs_a_second_approver()
    {
        await using var scene = new PrivacyScene("salesforce", "freshdesk");
        scene.Person("salesforce", "ada@example.com");
        await scene.SyncAsync();
        var planned = await scene.PlannedAsync("ada@example.com");

        var once = await scene.Desk.ApproveAsync(planned.Id, "olga", planned.Plan!.Fingerprint, default);
        await scene.PassAsync(TimeSpan.FromHours(1));

        Assert.Equal(["freshdesk erases all tickets, calls and notes of the contact, 1 times."], planned.Plan.Wide);
        Assert.Equal(PrivacyRequestState.Planned, Assert.IsType<MoveAnswer.Moved>(once).Request.State);
        Assert.All(scene.Systems, system => Assert.Empty(system.Deletions));
        Assert.Equal(PrivacyRequestState.Approved, Assert.IsType<MoveAnswer.Moved>(await scene.Desk.ApproveAsync(planned.Id, "omar", planned.Plan.Fingerprint, default)).Request.State);
    }

    [Fact]
    public async Task S58_What_is_copied_is_what_is_erased_and_after_that_nothing()
    {
        await using var scene = new PrivacyScene("salesforce", "hubspot", "zendesk");
        scene.Person("salesforce", "ada@example.com");
        await scene.SyncAsync();
        var planned = await scene.PlannedAsync("ada@example.com");
        var data = scene.Hub.Get<SubjectGathering>();

        var before = await data.GatherAsync(planned, default);
        await scene.ApproveAsync(planned);
        await scene.PassAsync(TimeSpan.FromDays(8), TimeSpan.FromHours(2));
        var after = await data.GatherAsync(planned, default);

        Assert.Equal(planned.Plan!.Items.Select(item => item.Ref.ToString()).Order(), before.Records.Select(record => $"{record}").Order());
        Assert.All(before.Records, record => Assert.Equal("ada@example.com", record.Fields["email"]));
        Assert.Contains("Lovelace", before.OwnIdentities);
        Assert.Equal(PrivacyRequestState.Complete, (await scene.RequestAsync(planned.Id)).State);
        Assert.Empty(after.Records);
    }
}
