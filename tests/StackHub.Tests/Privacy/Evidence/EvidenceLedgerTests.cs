using StackHub.Privacy.Evidence;
using StackHub.Testing.Storage;

namespace StackHub.Tests.Privacy.Evidence;

public sealed class EvidenceLedgerTests
{
    private static readonly DateTimeOffset Start = new(2026, 7, 1, 12, 0, 0, TimeSpan.Zero);
    private readonly Chains chains = new();

    [Fact]
    public async Task Entries_follow_each_other_and_say_what_was_noted()
    {
        await chains.WithAsync(3);

        var verdict = await chains.Ledger.CheckAsync(Chains.Request, null, default);

        Assert.True(verdict.Intact);
        Assert.Equal(["", verdict.Entries[0].Hash, verdict.Entries[1].Hash], verdict.Entries.Select(entry => entry.Previous));
        Assert.Equal(("hubspot", "t-2", "hub", Start), (verdict.Entries[1].Note.System, verdict.Entries[1].Note.Facts["ticket"], verdict.Entries[1].Note.Actor, verdict.Entries[1].At));
        Assert.Equal(verdict.Entries[2].Hash, verdict.Head!.Hash);
    }

    [Fact]
    public async Task A_note_that_is_given_again_is_the_entry_it_was()
    {
        await chains.WithAsync(2);
        chains.Time.Advance(TimeSpan.FromHours(1));

        var again = await chains.Ledger.AppendAsync(Chains.Request, Chains.Note(1).With("ticket", "another"), default);

        Assert.Equal((1, Start, "t-1"), (again.Sequence, again.At, again.Note.Facts["ticket"]));
        Assert.Equal(2, (await chains.Ledger.CheckAsync(Chains.Request, null, default)).Entries.Length);
    }

    [Fact]
    public async Task An_entry_costs_two_storage_operations()
    {
        await chains.WithAsync(1);
        var counted = new CountingTableStore(chains.Tables);

        await new EvidenceLedger(counted, chains.Keys, chains.Time).AppendAsync(Chains.Request, Chains.Note(2), default);

        Assert.Equal("tables.batch 1, tables.get 1", counted.Counts.ToString());
    }

    [Theory]
    [InlineData("ada@example.com")]
    [InlineData("+49 (30) 123456")]
    [InlineData("")]
    [InlineData("a\nb")]
    public async Task No_address_and_no_free_text_gets_into_evidence(string text)
    {
        await chains.WithAsync(0);

        await Assert.ThrowsAsync<ArgumentException>(() => chains.Ledger.AppendAsync(Chains.Request, Chains.Note(1).With("who", text), default));
        await Assert.ThrowsAsync<ArgumentException>(() => chains.Ledger.OpenAsync("r", "ada@example.com", default));
    }

    [Fact]
    public async Task A_forged_chain_that_fits_in_itself_is_located_at_the_first_forged_entry()
    {
        await chains.WithAsync(3);
        var forger = new Chains();
        forger.MoveTo(Start);
        await new EvidenceLedger(forger.Tables, new(Enumerable.Repeat((byte)7, 32).ToArray()), forger.Time).OpenAsync(Chains.Request, Chains.Subject, default);
        for (var number = 1; number <= 3; number++)
            await new EvidenceLedger(forger.Tables, new(Enumerable.Repeat((byte)7, 32).ToArray()), forger.Time).AppendAsync(Chains.Request, Chains.Note(number).With("ticket", number == 2 ? "forged" : $"t-{number}"), default);

        foreach (var row in (await forger.RowsAsync()).Where(row => Chains.IsEntry(row) && Chains.Sequence(row) >= 2))
            await chains.PutAsync(row);

        Assert.Equal([(LedgerFaultKind.EntryChanged, 2), (LedgerFaultKind.EntryChanged, 3)], await chains.FaultsAsync());
    }

    [Fact]
    public async Task Nothing_is_appended_to_a_changed_end()
    {
        await chains.WithAsync(2);
        var head = (await chains.RowsAsync()).Single(row => row.Row == "head");
        await chains.PutAsync(head with { Values = new Dictionary<string, object>(head.Values) { ["Count"] = 1 } });

        var refused = await Assert.ThrowsAsync<EvidenceTamperedException>(() => chains.Ledger.AppendAsync(Chains.Request, Chains.Note(3), default));

        Assert.Equal(LedgerFaultKind.HeadChanged, refused.Fault.Kind);
    }

    [Fact]
    public async Task An_end_that_was_deleted_is_not_begun_anew_over_the_entries()
    {
        await chains.WithAsync(2);
        await chains.DeleteAsync((await chains.RowsAsync()).Single(row => row.Row == "head"));
        await chains.Ledger.OpenAsync(Chains.Request, Chains.Subject, default);

        await Assert.ThrowsAsync<EvidenceTamperedException>(() => chains.Ledger.AppendAsync(Chains.Request, Chains.Note(9), default));
        Assert.Equal([(LedgerFaultKind.RolledBack, 0)], await chains.FaultsAsync());
    }

    [Fact]
    public async Task Everything_gone_is_found_by_whoever_has_a_receipt()
    {
        await chains.WithAsync(2);
        var anchor = (await chains.Ledger.CheckAsync(Chains.Request, null, default)).Head!.Anchor;
        foreach (var row in await chains.RowsAsync())
            await chains.DeleteAsync(row);

        Assert.Equal([(LedgerFaultKind.HeadChanged, 0), (LedgerFaultKind.EntryMissing, 1), (LedgerFaultKind.EntryMissing, 2)], await chains.FaultsAsync(anchor));
    }

    [Fact]
    public async Task S43_the_purge_leaves_the_evidence_of_a_person_who_has_an_open_request()
    {
        await chains.WithAsync(3);
        await chains.WithAsync(1, "another-request");
        await chains.Ledger.CloseAsync(Chains.Request, EvidenceRetention.KeepUntil(new(2026, 7, 1), 0), default);

        chains.MoveTo(new(2028, 7, 1, 0, 0, 0, TimeSpan.Zero));
        var purgedWhileOpen = await chains.Purge.RunAsync(default);
        await chains.Ledger.CloseAsync("another-request", new(2030, 1, 1), default);
        var purgedAfter = await chains.Purge.RunAsync(default);

        Assert.Equal((0, 1), (purgedWhileOpen, purgedAfter));
        Assert.Empty(await chains.RowsAsync());
        Assert.True((await chains.Ledger.CheckAsync("another-request", null, default)).Intact);
    }

    [Fact]
    public async Task Evidence_is_kept_24_months_and_not_a_day_less()
    {
        await chains.WithAsync(1);
        await chains.Ledger.CloseAsync(Chains.Request, EvidenceRetention.KeepUntil(new(2026, 7, 1), 6), default);

        chains.MoveTo(new(2028, 6, 30, 23, 59, 59, TimeSpan.Zero));

        Assert.Equal(0, await chains.Purge.RunAsync(default));
        Assert.NotEmpty(await chains.RowsAsync());
    }

    [Fact]
    public async Task A_request_that_is_taken_up_again_keeps_its_evidence()
    {
        await chains.WithAsync(1);
        await chains.Ledger.CloseAsync(Chains.Request, new(2028, 7, 1), default);
        await chains.Ledger.ReopenAsync(Chains.Request, default);

        chains.MoveTo(new(2029, 1, 1, 0, 0, 0, TimeSpan.Zero));
        Assert.Equal(0, await chains.Purge.RunAsync(default));
        await chains.Ledger.CloseAsync(Chains.Request, new(2029, 2, 1), default);
        chains.MoveTo(new(2029, 2, 1, 0, 0, 0, TimeSpan.Zero));

        Assert.Equal(1, await chains.Purge.RunAsync(default));
    }

    [Fact]
    public async Task A_purge_that_dies_at_any_step_is_finished_by_the_next_and_never_looks_like_tampering()
    {
        for (var step = 1; step < 30; step++)
        {
            var dying = new Chains();
            dying.MoveTo(Start);
            await dying.WithAsync(4);
            await dying.Ledger.CloseAsync(Chains.Request, new(2028, 7, 1), default);
            dying.MoveTo(new(2028, 7, 2, 0, 0, 0, TimeSpan.Zero));
            var left = step;
            dying.Tables.After = _ => --left == 0 ? throw new TimeoutException() : Task.CompletedTask;
            await Record.ExceptionAsync(() => dying.Purge.RunAsync(default));
            dying.Tables.After = null;

            Assert.True((await dying.Ledger.CheckAsync(Chains.Request, null, default)).Intact);
            await dying.Purge.RunAsync(default);

            Assert.Empty(await dying.RowsAsync());
            var purges = (await dying.Ledger.CheckAsync(EvidenceLedger.OfTheHub, null, default)).Entries;
            Assert.Equal([(EvidenceKinds.EvidencePurged, "4")], purges.Select(entry => (entry.Note.Kind, entry.Note.Facts["entries"])));
        }
    }

    [Fact]
    public async Task A_secret_is_one_for_all_who_ask_at_once_and_gone_for_good_when_it_is_destroyed()
    {
        await chains.WithAsync(0);
        var secrets = new RequestSecrets(chains.Tables, chains.Keys);
        chains.Tables.Before = _ => Task.Delay(1);

        var made = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => secrets.GetOrMakeAsync(Chains.Request, default)));
        await secrets.DestroyAsync(Chains.Request, default);

        Assert.Single(made.Select(secret => secret.Reveal()).Distinct());
        Assert.Null(await secrets.FindAsync(Chains.Request, default));
        await Assert.ThrowsAsync<InvalidOperationException>(() => secrets.GetOrMakeAsync(Chains.Request, default));
        Assert.DoesNotContain(await chains.RowsAsync(), row => row.Values.Values.OfType<byte[]>().Any(bytes => bytes.AsSpan().IndexOf(System.Buffers.Text.Base64Url.DecodeFromChars(made[0].Reveal())) >= 0));
    }
}
