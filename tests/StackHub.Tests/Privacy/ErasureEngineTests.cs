using Microsoft.Extensions.DependencyInjection;
using StackHub.Connecting;
using StackHub.Privacy;
using StackHub.Privacy.Evidence;
using StackHub.Privacy.Holds;
using StackHub.Privacy.Planning;
using StackHub.Privacy.Receipts;
using StackHub.Privacy.Tasks;
using StackHub.Privacy.Tombstones;
using StackHub.Records;
using StackHub.Storage;
using StackHub.Sync;
using StackHub.Sync.Apply;
using StackHub.Sync.DeadLetters;
using StackHub.Sync.Outbox;
using StackHub.Sync.Runs;
using StackHub.Testing.Privacy;

namespace StackHub.Tests.Privacy;

/// <summary>The scenarios of erasing somebody across systems, by their number.</summary>
public sealed class ErasureEngineTests
{
    private const string Ada = "ada.lovelace@example.com";

    [Fact]
    public async Task S05_The_opt_out_of_a_request_is_out_before_anything_is_deleted()
    {
        await using var scene = await SceneAsync("salesforce", "zendesk");
        var requests = await scene.SubmitAsync(Ada, PrivacyRequestKind.Erasure, PrivacyRequestKind.OptOutOfSale);
        var optedOutAtDeletion = new List<bool>();
        foreach (var system in scene.Systems)
            system.Before = () =>
            {
                optedOutAtDeletion.Add(scene.Systems.All(one => one.Inner.Live("people").Values.Where(fields => fields["mail"] == Ada).All(fields => fields.GetValueOrDefault("optout") == "true")));
                return Task.CompletedTask;
            };

        await scene.Desk.VerifyAsync(requests[0], "code", "confirmed by code", default);
        await scene.Hub.PumpAsync();
        await scene.ApproveAsync(await scene.RequestAsync(requests[0]));
        await scene.PassAsync(TimeSpan.FromDays(8), TimeSpan.FromHours(2));

        Assert.True(optedOutAtDeletion[0]);
        Assert.Equal(PrivacyRequestState.Complete, (await scene.RequestAsync(requests[1])).State);
        Assert.Equal(PrivacyRequestState.Complete, (await scene.RequestAsync(requests[0])).State);
    }

    [Fact]
    public async Task S02_The_opt_out_of_an_unverified_request_is_carried_out_all_the_same()
    {
        await using var scene = await SceneAsync("salesforce");
        var requests = await scene.SubmitAsync(Ada, PrivacyRequestKind.Erasure, PrivacyRequestKind.OptOutOfSale);

        await scene.PassAsync(TimeSpan.FromHours(2));

        Assert.Equal(PrivacyRequestState.Received, (await scene.RequestAsync(requests[0])).State);
        Assert.Equal(PrivacyRequestState.Complete, (await scene.RequestAsync(requests[1])).State);
        Assert.Equal("true", scene["salesforce"].Inner.Live("people").Values.Single(fields => fields["mail"] == Ada)["optout"]);
        Assert.Empty(scene["salesforce"].Deletions);
    }

    [Fact]
    public async Task S2_A_denial_is_offered_on_the_safe_date_and_carried_out_and_the_opt_out_is_long_done()
    {
        await using var scene = new PrivacyScene("salesforce");
        scene.Time.Advance(California(2026, 7, 1, 9) - scene.Time.GetUtcNow());
        scene.Person("salesforce", Ada);
        await scene.SyncAsync();
        var command = new SubmitCommand([PrivacyRequestKind.Erasure, PrivacyRequestKind.OptOutOfSale], new() { Emails = [Ada] }, "public", "form") { Laws = ["us-ca-ccpa/US-CA"] };
        var ids = ((SubmitAnswer.Taken)await scene.Hub.Get<SubmitPrivacyRequest>().HandleAsync(command, default)).Requests;
        await scene.PassAsync(TimeSpan.FromDays(1), TimeSpan.FromHours(6));
        Assert.Equal(PrivacyRequestState.Complete, (await scene.RequestAsync(ids[1])).State); // 2026-07-22 is its day
        Assert.Equal("true", scene["salesforce"].Inner.Live("people").Values.Single(fields => fields["mail"] == Ada)["optout"]);

        scene.Time.Advance(California(2026, 8, 13, 23) - scene.Time.GetUtcNow());
        await scene.WatchAsync();
        Assert.Empty(await scene.Hub.Get<OfficerAlerts>().ListAsync(default));
        scene.Time.Advance(California(2026, 8, 14, 1) - scene.Time.GetUtcNow());
        await scene.WatchAsync();
        Assert.Equal((ids[0], "deny-unverified"), Assert.Single(await scene.Hub.Get<OfficerAlerts>().ListAsync(default)) is var alert ? (alert.Request, alert.Code) : default);

        Assert.IsType<MoveAnswer.Moved>(await scene.Desk.DenyAsync(ids[0], "olga", "could not verify", "the California Privacy Protection Agency", default));
        Assert.Equal((PrivacyRequestState.Denied, "could not verify"), (await scene.RequestAsync(ids[0])) is var denied ? (denied.State, denied.Denial!.Ground) : default);
        Assert.Contains(await scene.Hub.Get<PrivacyTrail>().ListAsync(ids[0], default), entry => entry.What == "denied");
        Assert.Empty(scene["salesforce"].Deletions);
    }

    [Fact]
    public async Task S39_Forty_tickets_of_which_three_are_kept_are_shown_and_the_contact_is_redacted_instead()
    {
        await using var scene = await SceneAsync("salesforce", "zendesk");
        scene["zendesk"].Reach = new("tickets", Takes: 40, Retained: 3);
        var planned = await scene.PlannedAsync(Ada);
        var system = planned.Plan!.Systems.Single(system => system.System == new SystemId("zendesk"));
        Assert.Equal((TaskAction.Redact, "erasing would take along 40 tickets, of which 3 are kept: its fields are emptied instead and read back"), (system.Action, system.Note));
        var kept = planned.Plan.Items.Single(item => item.System == system.System);
        Assert.Equal([$"empty email, firstName, lastName, lifecycleStage, phone, title of people/{kept.Id}, and read them back"], kept.Calls);

        var id = await scene.ApproveAsync(planned);
        await scene.PassAsync(TimeSpan.FromDays(5), TimeSpan.FromHours(2));

        Assert.Empty(scene["zendesk"].Deletions);
        Assert.Single(scene["salesforce"].Deletions);
        var left = scene["zendesk"].Inner.Live("people")[kept.Id];
        Assert.All((string[])["mail", "first", "last", "tel", "job"], field => Assert.True(string.IsNullOrEmpty(left.GetValueOrDefault(field)), field));
        Assert.Equal((PrivacyRequestState.Complete, PrivacyTaskStatus.Done, 0), ((await scene.RequestAsync(id)).State, (await scene.TaskAsync(id, "zendesk")).Status, (await scene.TaskAsync(id, "zendesk")).Resurrections.Count));
        var receipt = Assert.IsType<ReceiptVerdict.Valid>(ReceiptVerifier.Verify((await scene.Hub.Get<RequestReceipts>().FindAsync(id, default))!, await scene.Hub.Get<ReceiptSigner>().PublicKeysAsync(default))).Content;
        Assert.Equal("redacted", receipt.Systems.Single(one => one.System == "zendesk").Level);
    }

    [Fact]
    public async Task S39_What_goes_along_and_need_not_be_kept_needs_a_second_approver()
    {
        await using var scene = await SceneAsync("zendesk");
        scene["zendesk"].Reach = new("tickets", Takes: 40, Retained: 0);

        var plan = (await scene.PlannedAsync(Ada)).Plan!;

        Assert.Equal((TaskAction.Erase, 2), (plan.Systems[0].Action, plan.ApprovalsNeeded));
        Assert.Contains("zendesk erases 40 tickets along.", plan.Wide);
    }

    [Fact]
    public async Task S09_An_attackers_unverified_request_neither_blocks_nor_outranks_the_persons()
    {
        await using var scene = await SceneAsync("salesforce");
        var attackers = (await scene.SubmitAsync(Ada, PrivacyRequestKind.Erasure))[0];
        var persons = await scene.PlannedAsync(Ada);

        Assert.Equal([attackers], (await scene.Desk.DuplicatesAsync(persons, default)).Select(duplicate => duplicate.Id));
        var refused = await scene.Desk.ApproveAsync(attackers, "olga", persons.Plan!.Fingerprint, default);
        Assert.Equal(persons.Id, await scene.Desk.CanonicalAsync(persons.Id, default));
        await scene.ApproveAsync(persons);
        await scene.PassAsync(TimeSpan.FromDays(3), TimeSpan.FromHours(1));

        Assert.Equal(RequestRefusal.NotVerified, Assert.IsType<MoveAnswer.Refused>(refused).Code);
        Assert.Equal(PrivacyRequestState.Complete, (await scene.RequestAsync(persons.Id)).State);
        Assert.Equal(PrivacyRequestState.Rejected, (await scene.RequestAsync(attackers)).State);
        Assert.DoesNotContain(await scene.DumpAsync(), text => text.Contains("lovelace", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task S10_A_second_verified_request_waits_for_the_first()
    {
        await using var scene = await SceneAsync("salesforce");
        var first = await scene.PlannedAsync(Ada);
        var second = await scene.PlannedAsync(Ada);

        var refused = await scene.Desk.ApproveAsync(second.Id, "olga", second.Plan!.Fingerprint, default);

        Assert.Equal(RequestRefusal.Duplicate, Assert.IsType<MoveAnswer.Refused>(refused).Code);
        Assert.IsType<MoveAnswer.Moved>(await scene.Desk.ApproveAsync(first.Id, "olga", first.Plan!.Fingerprint, default));
    }

    [Fact]
    public async Task The_same_submission_sent_twice_is_one_request()
    {
        await using var scene = await SceneAsync("salesforce");
        var command = new SubmitCommand([PrivacyRequestKind.Erasure], new() { Emails = [Ada] }, "public", "form-7");

        var first = await scene.Hub.Get<SubmitPrivacyRequest>().HandleAsync(command, default);
        var second = await scene.Hub.Get<SubmitPrivacyRequest>().HandleAsync(command, default);

        Assert.Equal(((SubmitAnswer.Taken)first).Requests, ((SubmitAnswer.Taken)second).Requests);
        Assert.Single(await scene.Store.OpenAsync(default));
    }

    [Fact]
    public async Task A_person_is_erased_everywhere_by_id_and_every_step_is_proven()
    {
        await using var scene = await SceneAsync("salesforce", "marketo", "zendesk");
        var id = await scene.BegunAsync(Ada);

        await scene.PassAsync(TimeSpan.FromDays(6), TimeSpan.FromHours(1));

        Assert.Equal(PrivacyRequestState.Complete, (await scene.RequestAsync(id)).State);
        Assert.All(await scene.Store.TasksAsync(id, default), task => Assert.Equal(ProofLevel.Sealed, task.Level));
        foreach (var system in scene.Systems)
        {
            Assert.Equal(0, system.ByAddress); // S16: an address that is mistyped is a stranger's
            Assert.Single(system.Deletions);
            Assert.DoesNotContain(system.Inner.Live("people").Values, fields => fields["mail"] == Ada);
            var item = Assert.Single((await scene.TaskAsync(id, system.System.Name)).Items);
            Assert.True(item.RequestedAt <= item.AcceptedAt && item.AcceptedAt < item.ConfirmedAt && item.ConfirmedAt <= item.AbsentAt && item.AbsentAt + TimeSpan.FromDays(1) <= item.SealedAt);
        }
        Assert.Contains(scene["salesforce"].Inner.Live("people").Values, fields => fields["mail"] == "grace.hopper@example.org");
    }

    [Fact]
    public async Task S16_Somebody_nobody_knows_is_sent_nowhere()
    {
        await using var scene = await SceneAsync("hubspot");

        var id = await scene.BegunAsync("typo@example.com");
        await scene.PassAsync(TimeSpan.FromDays(2), TimeSpan.FromHours(4));

        Assert.Empty((await scene.RequestAsync(id)).Plan!.Items);
        Assert.Empty(scene["hubspot"].Deletions);
        Assert.Equal(0, scene["hubspot"].ByAddress);
        Assert.Equal(PrivacyRequestState.Complete, (await scene.RequestAsync(id)).State);
    }

    [Fact]
    public async Task S20_Who_comes_back_after_a_200_is_found_by_the_event_that_brought_them_and_erased_again()
    {
        await using var scene = await SceneAsync("mailchimp");
        var contact = IdOf(scene, "mailchimp");
        var id = await scene.BegunAsync(Ada);
        await scene.PassAsync(TimeSpan.FromHours(2));
        Assert.Equal(ProofLevel.Absent, (await scene.TaskAsync(id, "mailchimp")).Level);

        scene["mailchimp"].Inner.Edits.Clear();
        scene["mailchimp"].Inner.Restore(contact);
        await scene.Hub.Get<ChangeApplier>().ApplyAsync(new("mailchimp"), [.. scene["mailchimp"].Inner.Edits], new(Lane.Interactive, Emit: true, "evt-42"), default);
        await scene.Hub.PumpAsync();
        await scene.PassAsync(TimeSpan.FromHours(2));

        var task = await scene.TaskAsync(id, "mailchimp");
        var back = Assert.Single(task.Resurrections);
        Assert.Equal(contact, back.Id);
        Assert.EndsWith("(event evt-42)", back.Cause, StringComparison.Ordinal);
        Assert.Equal(2, scene["mailchimp"].Deletions.Count(deletion => deletion.Effective));
        Assert.Equal(ProofLevel.Absent, task.Level);
        await scene.PassAsync(TimeSpan.FromDays(2), TimeSpan.FromHours(1));
        Assert.Equal(PrivacyRequestState.Complete, (await scene.RequestAsync(id)).State);
    }

    [Fact]
    public async Task S20_Who_comes_back_unheard_is_found_when_the_quiet_window_ends()
    {
        await using var scene = await SceneAsync("mailchimp");
        var contact = IdOf(scene, "mailchimp");
        var id = await scene.BegunAsync(Ada);
        await scene.PassAsync(TimeSpan.FromHours(2));

        scene["mailchimp"].Inner.Restore(contact);
        scene["mailchimp"].Inner.Edits.Clear();
        await scene.PassAsync(TimeSpan.FromHours(25));
        var task = await scene.TaskAsync(id, "mailchimp");

        Assert.Equal("found when it was read again", Assert.Single(task.Resurrections).Cause);
        Assert.NotEqual(PrivacyRequestState.Complete, (await scene.RequestAsync(id)).State);
        await scene.PassAsync(TimeSpan.FromDays(2), TimeSpan.FromHours(1));
        Assert.Equal(2, scene["mailchimp"].Deletions.Count(deletion => deletion.Effective));
        Assert.Equal(PrivacyRequestState.Complete, (await scene.RequestAsync(id)).State);
    }

    [Fact]
    public async Task S20_Who_comes_back_under_another_id_after_the_end_is_erased_again()
    {
        await using var scene = await SceneAsync("mailchimp", "zendesk");
        var id = await scene.BegunAsync(Ada);
        await scene.PassAsync(TimeSpan.FromDays(4), TimeSpan.FromHours(1));
        Assert.Equal(PrivacyRequestState.Complete, (await scene.RequestAsync(id)).State);

        var anew = scene.Person("mailchimp", Ada);
        await scene.Hub.SettleAsync();

        Assert.NotEqual(PrivacyRequestState.Complete, (await scene.RequestAsync(id)).State);
        await scene.PassAsync(TimeSpan.FromDays(3), TimeSpan.FromHours(1));
        Assert.Equal(PrivacyRequestState.Complete, (await scene.RequestAsync(id)).State);
        Assert.False(scene["mailchimp"].Inner.Live("people").ContainsKey(anew));
        Assert.Equal(anew, Assert.Single((await scene.TaskAsync(id, "mailchimp")).Resurrections).Id);
        Assert.Empty((await scene.TaskAsync(id, "zendesk")).Resurrections);
    }

    [Fact]
    public async Task S21_A_webhook_that_the_deletion_raised_refills_nothing()
    {
        await using var scene = await SceneAsync("salesforce", "hubspot");
        var contact = IdOf(scene, "salesforce");
        await scene.BegunAsync(Ada);
        await scene.Hub.PumpAsync();
        scene["salesforce"].Inner.Edit(contact, "job", "Countess");
        var written = scene["hubspot"].Inner.RecordsWritten;

        var report = await scene.Hub.TellAsync(scene["salesforce"].Inner, [.. scene["salesforce"].Inner.Edits]);
        scene["salesforce"].Inner.Edits.Clear();
        var dropped = await scene.Hub.Queue.PeekAsync(Queues.Privacy, 32, default);
        await scene.Hub.PumpAsync();

        Assert.Equal(1, report.Suppressed);
        Assert.Equal(written, scene["hubspot"].Inner.RecordsWritten);
        var drop = Assert.Single(dropped, message => message.Body.Contains("dropped", StringComparison.Ordinal));
        Assert.Contains(contact, drop.Body, StringComparison.Ordinal);
        Assert.DoesNotContain(dropped, message => message.Body.Contains("lovelace", StringComparison.OrdinalIgnoreCase) || message.Body.Contains("Countess", StringComparison.Ordinal));
    }

    [Fact]
    public async Task S22_Marketo_is_never_asked_before_Salesforce_has_confirmed()
    {
        await using var scene = await SceneAsync("salesforce", "marketo");
        scene["salesforce"].Takes = TimeSpan.FromHours(20);
        var id = await scene.BegunAsync(Ada);

        await scene.PassAsync(TimeSpan.FromHours(18));
        Assert.Single(scene["salesforce"].Deletions);
        Assert.Empty(scene["marketo"].Deletions);
        await scene.PassAsync(TimeSpan.FromDays(4), TimeSpan.FromHours(1));

        var confirmed = (await scene.TaskAsync(id, "salesforce")).Items[0].ConfirmedAt;
        Assert.True(Assert.Single(scene["marketo"].Deletions).At >= confirmed);
        Assert.Equal(PrivacyRequestState.Complete, (await scene.RequestAsync(id)).State);
    }

    [Fact]
    public async Task S23_What_is_only_in_a_bin_is_accepted_and_no_more()
    {
        await using var scene = await SceneAsync("zendesk");
        var complete = false;
        scene["zendesk"].IsComplete = () => complete;
        var id = await scene.BegunAsync(Ada);

        await scene.PassAsync(TimeSpan.FromDays(5), TimeSpan.FromHours(6));
        Assert.Equal(ProofLevel.Accepted, (await scene.TaskAsync(id, "zendesk")).Level);
        Assert.Equal(PrivacyRequestState.InProgress, (await scene.RequestAsync(id)).State);
        complete = true;
        await scene.PassAsync(TimeSpan.FromDays(3), TimeSpan.FromHours(2));

        Assert.Equal(PrivacyRequestState.Complete, (await scene.RequestAsync(id)).State);
        Assert.Single(scene["zendesk"].Deletions);
    }

    [Fact]
    public async Task S25_A_refusal_of_one_system_is_its_own_and_a_person_can_show_that_it_is_done()
    {
        await using var scene = await SceneAsync("zendesk", "segment");
        scene["segment"].Refuses = new ErasureOutcome.Refused("unsupported-destination", "It cannot.");
        var id = await scene.BegunAsync(Ada);
        await scene.PassAsync(TimeSpan.FromDays(3), TimeSpan.FromHours(2));
        Assert.Equal(PrivacyTaskStatus.Done, (await scene.TaskAsync(id, "zendesk")).Status);
        Assert.Equal((PrivacyTaskStatus.Failed, "unsupported-destination"), ((await scene.TaskAsync(id, "segment")).Status, (await scene.TaskAsync(id, "segment")).Reason));
        Assert.Equal(PrivacyRequestState.Partial, (await scene.RequestAsync(id)).State);

        await scene.Desk.ShowAsync(id, "erase|segment", "olga", "ticket 4711 of the vendor", default);
        await scene.PassAsync(TimeSpan.FromHours(2));

        Assert.Equal(PrivacyRequestState.Complete, (await scene.RequestAsync(id)).State);
    }

    [Fact]
    public async Task S27_A_throttled_system_waits_as_long_as_it_was_told_and_no_other_does()
    {
        await using var scene = await SceneAsync("zendesk", "intercom");
        var calls = 0;
        scene["zendesk"].Before = () => ++calls == 1 ? throw new VendorUnavailableException(new("zendesk"), "throttled", TimeSpan.FromSeconds(3600)) : Task.CompletedTask;
        var id = await scene.BegunAsync(Ada);

        await scene.PassAsync(TimeSpan.FromMinutes(1), TimeSpan.FromSeconds(10));
        var parked = (await scene.TaskAsync(id, "zendesk")).ParkedUntil!.Value;
        Assert.Equal(1, calls);
        Assert.Single(scene["intercom"].Deletions);
        scene.Time.Advance(parked - scene.Time.GetUtcNow() - TimeSpan.FromSeconds(1));
        await scene.Hub.PumpAsync();
        await scene.WatchAsync();
        await scene.Hub.PumpAsync();
        Assert.Equal(1, calls);
        await scene.PassAsync(TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(1));

        Assert.Equal(2, calls);
        Assert.Single(scene["zendesk"].Deletions);
    }

    [Fact]
    public async Task S27_What_a_system_told_another_flow_is_heard_too_and_no_worker_sleeps_over_it()
    {
        await using var scene = await SceneAsync("zendesk", "intercom");
        var id = await scene.BegunAsync(Ada);
        await scene.Hub.Get<VendorBudget>().BlockAsync(new("zendesk"), TimeSpan.FromSeconds(3600), default);
        var until = scene.Time.GetUtcNow() + TimeSpan.FromSeconds(3600);

        await scene.PassAsync(TimeSpan.FromMinutes(59), TimeSpan.FromMinutes(1));
        Assert.Equal((until, 0, 0), ((await scene.TaskAsync(id, "zendesk")).ParkedUntil, scene["zendesk"].Asked.Count, (await scene.TaskAsync(id, "zendesk")).Items[0].Sends));
        Assert.Single(scene["intercom"].Deletions);
        await scene.PassAsync(TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(1));

        Assert.Single(scene["zendesk"].Deletions);
    }

    [Fact]
    public async Task S29_What_fails_five_times_is_an_officers_to_look_at_and_names_nobody()
    {
        await using var scene = await SceneAsync("zendesk");
        scene["zendesk"].Before = () => throw new InvalidOperationException($"Cannot erase {Ada}.");
        var id = await scene.BegunAsync(Ada);

        await scene.PassAsync(TimeSpan.FromMinutes(15), TimeSpan.FromSeconds(5));

        var task = await scene.TaskAsync(id, "zendesk");
        Assert.Equal((PrivacyTaskStatus.Failed, nameof(InvalidOperationException)), (task.Status, task.Reason));
        Assert.Contains(await scene.Hub.Get<OfficerAlerts>().ListAsync(default), alert => alert.Request == id && alert.Task == task.Id);
        var letter = Assert.Single((await scene.Hub.Get<DeadLetterStore>().ListAsync(null, 10, default)).Letters);
        Assert.Equal(Queues.Privacy, letter.Queue);
        Assert.DoesNotContain("lovelace", $"{letter.Body}{letter.Message}{letter.Code}", StringComparison.OrdinalIgnoreCase);
        scene["zendesk"].Before = null;
        await scene.Desk.RetryAsync(id, task.Id, "olga", default);
        await scene.PassAsync(TimeSpan.FromDays(2), TimeSpan.FromHours(1));
        Assert.Equal(PrivacyRequestState.Complete, (await scene.RequestAsync(id)).State);
        Assert.Single(scene["zendesk"].Deletions, deletion => deletion.Effective);
    }

    [Fact]
    public async Task S30_Two_workers_with_one_task_make_one_call()
    {
        await using var scene = await SceneAsync("zendesk");
        var id = await scene.BegunAsync(Ada);
        await scene.Hub.Get<RequestRunner>().RunAsync(id, default);
        scene.Time.Advance(TimeSpan.FromMinutes(1));
        await using var other = scene.Hub.Build("other");

        await Task.WhenAll(Enumerable.Range(0, 8).Select(worker => Task.Run(() => (worker % 2 == 0 ? scene.Hub.Get<TaskRunner>() : other.GetRequiredService<TaskRunner>()).RunAsync(id, "erase|zendesk", default))));

        Assert.Single(scene["zendesk"].Deletions);
    }

    [Fact]
    public async Task S30_An_answer_that_got_lost_is_read_before_anything_is_sent_again()
    {
        await using var scene = await SceneAsync("zendesk");
        var lost = 0;
        scene["zendesk"].After = () => lost++ == 0 ? throw new VendorUnavailableException(new("zendesk"), "no answer") { Uncertain = true } : Task.CompletedTask;
        var id = await scene.BegunAsync(Ada);

        await scene.PassAsync(TimeSpan.FromDays(2), TimeSpan.FromHours(1));

        Assert.Single(scene["zendesk"].Deletions, deletion => deletion.Effective);
        Assert.Contains(await scene.Hub.Get<PrivacyTrail>().ListAsync(id, default), entry => entry.What == "read after an uncertain call: absent");
        Assert.Equal(PrivacyRequestState.Complete, (await scene.RequestAsync(id)).State);
    }

    [Fact]
    public async Task S32_What_cannot_be_seen_is_never_taken_for_absent()
    {
        await using var scene = await SceneAsync("salesforce");
        var id = await scene.BegunAsync(Ada);
        scene["salesforce"].IsBlind = true;

        await scene.PassAsync(TimeSpan.FromHours(3));
        var blind = await scene.TaskAsync(id, "salesforce");
        Assert.Equal((PrivacyTaskStatus.Blocked, "cannot-see"), (blind.Status, blind.Reason));
        Assert.True(blind.Level < ProofLevel.Absent);
        Assert.Equal(PrivacyRequestState.Partial, (await scene.RequestAsync(id)).State);
        Assert.Contains(await scene.Hub.Get<OfficerAlerts>().ListAsync(default), alert => alert.Code == "cannot-see");
        scene["salesforce"].IsBlind = false;
        await scene.PassAsync(TimeSpan.FromDays(3), TimeSpan.FromHours(1));

        Assert.Equal(PrivacyRequestState.Complete, (await scene.RequestAsync(id)).State);
        Assert.Single(scene["salesforce"].Deletions, deletion => deletion.Effective);
    }

    [Fact]
    public async Task S34_Only_a_fresh_consent_lets_somebody_erased_come_back()
    {
        await using var scene = await SceneAsync("salesforce", "hubspot");
        var old = Assert.Single(await scene.Hub.RecordsAsync(), record => record.Links.Any(link => link.Cells.Values.Any(cell => cell.State.Held?.Text == Ada))).Id;
        var before = scene.Time.GetUtcNow();
        var id = await scene.BegunAsync(Ada);
        await scene.PassAsync(TimeSpan.FromDays(3), TimeSpan.FromHours(1));
        var lift = scene.Hub.Get<LiftTombstone>();
        var fresh = new SubjectClaims { Emails = [Ada] };

        Assert.False(await lift.HandleAsync(fresh, new(before, "consent", "old form", "form 1"), "public", default));
        Assert.False(await lift.HandleAsync(fresh, new(scene.Time.GetUtcNow(), "consent", "form", ""), "public", default));
        Assert.True(await lift.HandleAsync(fresh, new(scene.Time.GetUtcNow(), "consent", "form", "form 2"), "public", default));
        scene.Person("salesforce", Ada);
        await scene.Hub.SettleAsync();
        await scene.PassAsync(TimeSpan.FromDays(2), TimeSpan.FromHours(2));

        Assert.Contains(scene["hubspot"].Inner.Live("people").Values, fields => fields["mail"] == Ada);
        Assert.Single(scene["salesforce"].Deletions);
        Assert.DoesNotContain(await scene.Hub.RecordsAsync(), record => record.Id == old);
        Assert.Contains(await scene.Hub.Get<PrivacyTrail>().ListAsync(id, default), entry => entry.What == "tombstone lifted");
    }

    [Fact]
    public async Task S37_Tables_restored_from_yesterday_get_their_tombstones_before_anything_is_synced()
    {
        await using var scene = await SceneAsync("salesforce", "hubspot");
        var contact = IdOf(scene, "salesforce");
        var yesterday = new List<(string Table, TableRow Row)>();
        foreach (var table in new[] { Tables.Records, Tables.Claims, Tables.Blocks })
            await foreach (var row in scene.Hub.Tables.RowsAsync(table, TableRange.All, default))
                yesterday.Add((table, row));
        await scene.BegunAsync(Ada);
        await scene.PassAsync(TimeSpan.FromDays(3), TimeSpan.FromHours(2));

        await foreach (var row in scene.Hub.Tables.RowsAsync(Tables.Suppressions, TableRange.All, default))
            await scene.Hub.Tables.DeleteAsync(Tables.Suppressions, row.Partition, row.Row, null, default);
        foreach (var (table, row) in yesterday)
            await scene.Hub.Tables.UpsertAsync(table, row, default);
        scene.Hub.Restart();
        var written = scene.Systems.Sum(system => system.Inner.RecordsWritten);
        await scene.Hub.Get<Reconcile>().RunAsync(null, default);
        var report = await scene.Hub.TellAsync(scene["salesforce"].Inner, new Change.Seen(new(new(new("salesforce"), "people", contact), scene.Time.GetUtcNow(), new Dictionary<string, ExternalValue> { ["mail"] = new(Ada), ["last"] = new("Lovelace") }) { Complete = true }));
        await scene.Hub.PumpAsync();

        Assert.Equal(1, report.Suppressed);
        Assert.Equal(written, scene.Systems.Sum(system => system.Inner.RecordsWritten));
    }

    [Fact]
    public async Task S36_What_a_system_that_was_taken_out_still_owes_is_a_persons_to_do()
    {
        await using var scene = await SceneAsync("zendesk");
        var id = await scene.BegunAsync(Ada);
        await scene.Hub.Get<RequestRunner>().RunAsync(id, default);
        await scene.Store.AddAsync(new PrivacyTask(id, new("gone"), TaskAction.Erase, 0) { Items = [new("people", "1")] }, default);

        await scene.PassAsync(TimeSpan.FromHours(1));

        var task = await scene.TaskAsync(id, "gone");
        Assert.Equal((PrivacyTaskStatus.Manual, "system-removed"), (task.Status, task.Reason));
        Assert.Contains(await scene.Hub.Get<OfficerAlerts>().ListAsync(default), alert => alert.Code == "system-removed");
    }

    [Fact]
    public async Task A_system_that_cannot_erase_waits_for_evidence()
    {
        await using var scene = new PrivacyScene(["salesforce", "totango"], ["totango"]);
        scene.Person("salesforce", Ada);
        await scene.SyncAsync();
        var id = await scene.BegunAsync(Ada);
        await scene.PassAsync(TimeSpan.FromDays(3), TimeSpan.FromHours(2));
        Assert.Equal(PrivacyTaskStatus.Manual, (await scene.TaskAsync(id, "totango")).Status);
        Assert.Equal(PrivacyRequestState.Partial, (await scene.RequestAsync(id)).State);

        Assert.Null(await scene.Desk.ShowAsync(id, "erase|totango", "olga", " ", default));
        await scene.Desk.ShowAsync(id, "erase|totango", "olga", "deleted by hand, screenshot 12", default);
        await scene.PassAsync(TimeSpan.FromHours(2));

        Assert.Equal(PrivacyRequestState.Complete, (await scene.RequestAsync(id)).State);
    }

    [Fact]
    public async Task S40_Nothing_is_dispatched_after_a_hold_and_it_goes_on_by_itself_when_that_is_lifted()
    {
        string[] names = ["zendesk", "intercom", "gong", "totango", "pendo", "churnzero", "gainsight"];
        await using var scene = await SceneAsync(names);
        foreach (var slow in names[2..])
            scene[slow].Before = () => throw new VendorUnavailableException(new(slow), "throttled", TimeSpan.FromHours(1));
        var id = await scene.BegunAsync(Ada);
        await scene.PassAsync(TimeSpan.FromMinutes(30), TimeSpan.FromMinutes(5));

        var hold = await scene.HoldAsync(Ada, "litigation 2026-7");
        foreach (var slow in names[2..])
            scene[slow].Before = null;
        await scene.PassAsync(TimeSpan.FromDays(9), TimeSpan.FromHours(2));

        Assert.All(names[2..], name => Assert.Empty(scene[name].Deletions));
        var tasks = await scene.Store.TasksAsync(id, default);
        Assert.Equal(5, tasks.Count(task => task is { IsHub: false, Status: PrivacyTaskStatus.Held, Reason: "litigation 2026-7" }));
        Assert.Equal(PrivacyRequestState.Partial, (await scene.RequestAsync(id)).State);
        Assert.StartsWith("Done and proven in 2 of 7 systems. 5 held: litigation 2026-7.", RequestProgress.Words(tasks), StringComparison.Ordinal);
        var receipt = Assert.IsType<ReceiptVerdict.Valid>(ReceiptVerifier.Verify((await scene.Hub.Get<RequestReceipts>().IssueAsync(id, default))!, await scene.Hub.Get<ReceiptSigner>().PublicKeysAsync(default))).Content;
        Assert.Equal("partial", receipt.Outcome);
        Assert.Equal([(5, "held"), (2, "sealed")], receipt.Systems.Where(system => system.System != "stackhub").GroupBy(system => system.Level).Select(group => (group.Count(), group.Key)).OrderByDescending(group => group.Item1));
        await scene.Hub.Get<LegalHolds>().LiftAsync(hold.Id, "counsel", default);
        await scene.PassAsync(TimeSpan.FromDays(4), TimeSpan.FromHours(2));
        Assert.All(names, name => Assert.Single(scene[name].Deletions));
        Assert.Equal(PrivacyRequestState.Complete, (await scene.RequestAsync(id)).State);
    }

    [Fact]
    public async Task S40_A_hold_placed_between_a_decision_and_its_dispatch_stops_it()
    {
        await using var scene = await SceneAsync("zendesk");
        var id = await scene.BegunAsync(Ada);
        await scene.Hub.Get<RequestRunner>().RunAsync(id, default);
        scene.Time.Advance(TimeSpan.FromMinutes(1));
        var placed = false;
        scene.Hub.Tables.Before = async operation =>
        {
            if (operation != "tables.batch privacy" || placed)
                return;
            placed = true;
            await scene.HoldAsync(Ada, "litigation");
        };

        await scene.Hub.Get<TaskRunner>().RunAsync(id, "erase|zendesk", default);

        Assert.True(placed);
        Assert.Empty(scene["zendesk"].Deletions);
        Assert.Equal(PrivacyTaskStatus.Held, (await scene.TaskAsync(id, "zendesk")).Status);
    }

    [Fact]
    public async Task A_hold_that_was_there_before_the_request_holds_it_by_any_alias()
    {
        await using var scene = new PrivacyScene("salesforce");
        var contact = scene.Person("salesforce", "ada@old.example", phone: "+493012345678");
        await scene.SyncAsync();
        scene["salesforce"].Inner.Edit(contact, "mail", Ada);
        await scene.Hub.SettleAsync();
        await scene.HoldAsync("ada@old.example", "tax audit");

        var id = await scene.BegunAsync(Ada);
        await scene.PassAsync(TimeSpan.FromHours(3));

        Assert.Empty(scene["salesforce"].Deletions);
        Assert.Equal((PrivacyTaskStatus.Held, "tax audit"), ((await scene.TaskAsync(id, "salesforce")).Status, (await scene.TaskAsync(id, "salesforce")).Reason));
    }

    [Fact]
    public async Task S42_One_record_that_is_kept_by_right_blocks_no_other()
    {
        await using var scene = await SceneAsync("zendesk", "netsuite");
        var invoice = IdOf(scene, "netsuite");
        var planned = await scene.PlannedAsync(Ada);
        var until = scene.Time.GetUtcNow().AddYears(7);
        Assert.True(await scene.Hub.Get<LegalHolds>().ExemptAsync(planned.Id, new(new("netsuite"), "people", invoice), "legal obligation: invoices", until, "counsel", default));

        await scene.ApproveAsync(planned);
        await scene.PassAsync(TimeSpan.FromDays(3), TimeSpan.FromHours(2));

        Assert.Empty(scene["netsuite"].Deletions);
        Assert.Single(scene["zendesk"].Deletions);
        Assert.Equal(PrivacyRequestState.Complete, (await scene.RequestAsync(planned.Id)).State);
        Assert.Contains($"One record in netsuite is kept until {until:yyyy-MM-dd}: legal obligation: invoices.", RequestProgress.Words(await scene.Store.TasksAsync(planned.Id, default)), StringComparison.Ordinal);
        await scene.PassAsync(TimeSpan.FromDays(365 * 7 + 5), TimeSpan.FromDays(365));
        await scene.PassAsync(TimeSpan.FromDays(3), TimeSpan.FromHours(6));
        Assert.Single(scene["netsuite"].Deletions, deletion => deletion.Effective);
    }

    [Fact]
    public async Task S56_Of_somebody_erased_no_table_queue_or_blob_keeps_anything()
    {
        await using var scene = await SceneAsync("salesforce", "hubspot", "zendesk");
        var record = Assert.Single(await scene.Hub.RecordsAsync(), record => record.Links.Any(link => link.Cells.Values.Any(cell => cell.State.Held?.Text == Ada)));
        await scene.Hub.Get<DeadLetterStore>().AddAsync(new(DeadLetterStore.IdOf(scene.Time.GetUtcNow(), new("hubspot"), record.Id, "title"), scene.Time.GetUtcNow(), "refused", "refused") { Record = record.Id, System = new("hubspot") }, default);
        await scene.Hub.Get<OutboxStore>().EnqueueAsync([new(new("zendesk"), RecordKind.Person, record.Id, Lane.Bulk) { DueAt = scene.Time.GetUtcNow().AddDays(6) }], default);
        Assert.Contains(await scene.DumpAsync(), text => text.Contains("lovelace", StringComparison.OrdinalIgnoreCase));

        var id = await scene.BegunAsync(Ada);
        var secret = (await scene.Hub.Get<RequestSecrets>().FindAsync(id.ToString(), default))!; // the person keeps it
        await scene.PassAsync(TimeSpan.FromDays(5), TimeSpan.FromHours(2));

        Assert.Equal(PrivacyRequestState.Complete, (await scene.RequestAsync(id)).State);
        Assert.Null(await scene.Hub.Get<RequestSecrets>().FindAsync(id.ToString(), default));
        var dump = await scene.DumpAsync();
        Assert.DoesNotContain(dump, text => text.Contains("lovelace", StringComparison.OrdinalIgnoreCase));
        Assert.DoesNotContain(dump, text => text.StartsWith(Tables.Records, StringComparison.Ordinal) && text.Contains(record.Id.ToString(), StringComparison.Ordinal));
        Assert.DoesNotContain(dump, text => text.StartsWith(Tables.Outbox, StringComparison.Ordinal) || text.StartsWith(Tables.DeadLetters, StringComparison.Ordinal));
        Assert.Contains(await scene.Hub.Get<PrivacyTrail>().ListAsync(id, default), entry => entry is { What: "hub-copy-erased", Detail: "records: 1" });
        var text = (await scene.Hub.Get<RequestReceipts>().FindAsync(id, default))!;
        var receipt = Assert.IsType<ReceiptVerdict.Valid>(ReceiptVerifier.Verify(text, await scene.Hub.Get<ReceiptSigner>().PublicKeysAsync(default))).Content;
        Assert.Equal(("complete", true, false), (receipt.Outcome, ReceiptVerifier.IsAbout(receipt, Ada, secret), ReceiptVerifier.IsAbout(receipt, "bob@example.com", secret)));
        Assert.All(receipt.Systems, system => Assert.Equal("sealed", system.Level));
        Assert.True((await scene.Hub.Get<EvidenceLedger>().CheckAsync(id.ToString(), receipt.Ledger, default)).Intact);
    }

    [Fact]
    public async Task The_inbox_shows_what_is_due_first_and_what_is_overdue()
    {
        await using var scene = await SceneAsync("salesforce");
        var submit = scene.Hub.Get<SubmitPrivacyRequest>();
        var now = scene.Time.GetUtcNow();
        var later = ((SubmitAnswer.Taken)await submit.HandleAsync(new([PrivacyRequestKind.Erasure], new() { Emails = [Ada] }, "public", "1") { Laws = ["us-ca-ccpa/US-CA"], ReceivedAt = now }, default)).Requests[0];
        var sooner = ((SubmitAnswer.Taken)await submit.HandleAsync(new([PrivacyRequestKind.Erasure], new() { Emails = [Ada] }, "public", "2") { Laws = ["eu-gdpr/DE", "us-ca-ccpa/US-CA"], ReceivedAt = now.AddDays(-2) }, default)).Requests[0];

        var inbox = await scene.Hub.Get<RequestInbox>().ListAsync(default);
        scene.Time.Advance(TimeSpan.FromDays(60));
        await scene.WatchAsync();

        Assert.Equal([sooner, later], inbox.Select(line => line.Request.Id));
        Assert.Equal(2, inbox[0].Due.Count);
        Assert.All(inbox, line => Assert.False(line.Overdue));
        Assert.Equal([later, sooner], (await scene.Hub.Get<OfficerAlerts>().ListAsync(default)).Where(alert => alert.Code == "overdue").Select(alert => alert.Request).OrderBy(id => id == later ? 0 : 1));
        Assert.All(await scene.Hub.Get<RequestInbox>().ListAsync(default), line => Assert.True(line.Overdue));
    }

    private static DateTimeOffset California(int year, int month, int day, int hour) => new(year, month, day, hour, 0, 0, TimeSpan.FromHours(-7));

    private static async Task<PrivacyScene> SceneAsync(params string[] systems)
    {
        var scene = new PrivacyScene(systems);
        scene.Person(systems[0], Ada);
        await scene.SyncAsync();
        return scene;
    }

    private static string IdOf(PrivacyScene scene, string system) => scene[system].Inner.Live("people").Single(row => row.Value["mail"] == Ada).Key;
}
