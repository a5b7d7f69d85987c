using FsCheck;
using FsCheck.Fluent;
using StackHub.Privacy.Evidence;

namespace StackHub.Tests.Privacy.Evidence;

/// <summary>Whatever is done to a chain behind the hub's back is found where it was done; whoever writes together writes one chain.</summary>
public sealed class LedgerProperties
{
    private sealed class Crash : Exception;

    private static readonly Arbitrary<(int Entries, int At, int Bit)> Places =
        (from entries in Gen.Choose(1, 12) from at in Gen.Choose(1, entries) from bit in Gen.Choose(0, 100_000) select (entries, at, bit)).ToArbitrary();

    [Fact]
    public void A_bit_that_is_flipped_in_an_entry_is_located() => Prop.ForAll(Places, place => Holds(async () =>
    {
        var chains = await new Chains().WithAsync(place.Entries);
        var row = (await chains.RowsAsync()).Single(row => Chains.IsEntry(row) && Chains.Sequence(row) == place.At);
        var bytes = row.Bytes("D0")!.ToArray();
        bytes[place.Bit / 8 % bytes.Length] ^= (byte)(1 << (place.Bit % 8));
        await chains.PutAsync(row with { Values = new Dictionary<string, object>(row.Values) { ["D0"] = bytes } });

        return (await chains.FaultsAsync()).SequenceEqual([(LedgerFaultKind.EntryChanged, place.At)]);
    })).QuickCheckThrowOnFailure();

    [Fact]
    public void A_value_that_is_added_taken_away_or_made_another_kind_is_located() => Prop.ForAll(Places, Gen.Elements("more", "D0", "D1", "Mac").ToArbitrary(), Gen.Elements<object?>(null, 7, "text", true).ToArbitrary(), (place, name, value) => Holds(async () =>
    {
        var chains = await new Chains().WithAsync(place.Entries);
        var row = (await chains.RowsAsync()).Single(row => Chains.IsEntry(row) && Chains.Sequence(row) == place.At);
        var values = new Dictionary<string, object>(row.Values);
        if (value is null)
            values.Remove(name);
        else
            values[name] = value;
        await chains.PutAsync(row with { Values = values });

        return (await chains.FaultsAsync()).SequenceEqual(values.Count == row.Values.Count && value is null ? [] : [(LedgerFaultKind.EntryChanged, place.At)]);
    })).QuickCheckThrowOnFailure();

    [Fact]
    public void An_entry_that_is_deleted_is_located() => Prop.ForAll(Places, place => Holds(async () =>
    {
        var chains = await new Chains().WithAsync(place.Entries);
        await chains.DeleteAsync((await chains.RowsAsync()).Single(row => Chains.IsEntry(row) && Chains.Sequence(row) == place.At));

        return (await chains.FaultsAsync()).SequenceEqual([(LedgerFaultKind.EntryMissing, place.At)]);
    })).QuickCheckThrowOnFailure();

    [Fact]
    public void A_tail_that_is_cut_off_is_located_entry_by_entry() => Prop.ForAll(Places, place => Holds(async () =>
    {
        var chains = await new Chains().WithAsync(place.Entries);
        foreach (var row in (await chains.RowsAsync()).Where(row => Chains.IsEntry(row) && Chains.Sequence(row) >= place.At))
            await chains.DeleteAsync(row);

        return (await chains.FaultsAsync()).SequenceEqual(Enumerable.Range(place.At, place.Entries - place.At + 1).Select(sequence => (LedgerFaultKind.EntryMissing, sequence)));
    })).QuickCheckThrowOnFailure();

    [Fact]
    public void A_tail_that_is_cut_off_with_an_older_end_put_back_is_found_by_whoever_saw_the_end() => Prop.ForAll(Places, place => Holds(async () =>
    {
        var chains = await new Chains().WithAsync(place.At - 1);
        var before = await chains.RowsAsync();
        await chains.WithAsync(place.Entries);
        var anchor = (await chains.Ledger.CheckAsync(Chains.Request, null, default)).Head!.Anchor;
        foreach (var row in await chains.RowsAsync())
            await chains.DeleteAsync(row);
        foreach (var row in before)
            await chains.PutAsync(row);

        var faults = await chains.FaultsAsync(anchor);
        return faults[0] == (LedgerFaultKind.RolledBack, place.At - 1)
            && faults.Skip(1).SequenceEqual(Enumerable.Range(place.At, place.Entries - place.At + 1).Select(sequence => (LedgerFaultKind.EntryMissing, sequence)));
    })).QuickCheckThrowOnFailure();

    [Fact]
    public void Two_entries_that_change_places_are_both_located() => Prop.ForAll(Places, place => Holds(async () =>
    {
        var chains = await new Chains().WithAsync(place.Entries + 1);
        var rows = (await chains.RowsAsync()).Where(Chains.IsEntry).ToArray();
        var (first, second) = (rows[place.At - 1], rows[place.At]);
        await chains.PutAsync(first with { Values = second.Values });
        await chains.PutAsync(second with { Values = first.Values });

        return (await chains.FaultsAsync()).SequenceEqual([(LedgerFaultKind.EntryChanged, place.At), (LedgerFaultKind.EntryChanged, place.At + 1)]);
    })).QuickCheckThrowOnFailure();

    [Fact]
    public void Any_value_of_the_head_that_is_changed_is_found() => Prop.ForAll(Gen.Elements("Subject", "Count", "Hash", "OpenedAt", "Purging", "Mac", "KeepUntil").ToArbitrary(), name => Holds(async () =>
    {
        var chains = await new Chains().WithAsync(3);
        var head = (await chains.RowsAsync()).Single(row => row.Row == "head");
        object changed = name switch { "Count" => 2, "Purging" => true, "OpenedAt" => DateTimeOffset.UnixEpoch, "KeepUntil" => "2026-01-01", _ => "x" };
        await chains.PutAsync(head with { Values = new Dictionary<string, object>(head.Values) { [name] = changed } });

        return (await chains.FaultsAsync()).SequenceEqual([(LedgerFaultKind.HeadChanged, 0)]);
    })).QuickCheckThrowOnFailure();

    [Fact]
    public void Writers_that_meet_in_any_order_and_die_at_any_step_leave_one_chain_with_each_note_once() => Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed => Holds(async () =>
    {
        var chains = await new Chains().WithAsync(0);
        var random = new Random(seed);
        chains.Tables.Before = _ => StepAsync(random, 12);
        chains.Tables.After = _ => StepAsync(random, 12);

        await Task.WhenAll(Enumerable.Range(0, 5).Select(worker => Task.Run(() => AppendAsync(chains, worker))));
        (chains.Tables.Before, chains.Tables.After) = (null, null);

        var verdict = await chains.Ledger.CheckAsync(Chains.Request, null, default);
        return verdict.Intact
            && verdict.Entries.Select(entry => entry.Sequence).SequenceEqual(Enumerable.Range(1, 6))
            && verdict.Entries.Select(entry => entry.Note.Key).Distinct().Count() == 6;
    })).QuickCheckThrowOnFailure();

    /// <summary>Each worker writes all six notes, in an order of its own, again after each death.</summary>
    private static async Task AppendAsync(Chains chains, int worker)
    {
        for (var number = 0; number < 6; number++)
            while (true)
                try
                {
                    await chains.Ledger.AppendAsync(Chains.Request, Chains.Note((number + worker) % 6), default);
                    break;
                }
                catch (Crash)
                {
                    await Task.Yield();
                }
    }

    private static async Task StepAsync(Random random, int crashEvery)
    {
        int drawn;
        lock (random)
            drawn = random.Next(crashEvery * 2);
        if (drawn == 0)
            throw new Crash();
        if (drawn % 2 == 0)
            await Task.Yield();
    }

    private static bool Holds(Func<Task<bool>> check) => Task.Run(check).GetAwaiter().GetResult();
}
