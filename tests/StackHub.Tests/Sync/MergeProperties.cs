using FsCheck;
using FsCheck.Fluent;
using Microsoft.Extensions.DependencyInjection;
using StackHub.Identity;
using StackHub.Identity.Matching;
using StackHub.Records;
using StackHub.Sync.Runs;
using StackHub.Testing.Connecting;
using StackHub.Testing.Sync;

namespace StackHub.Tests.Sync;

/// <summary>
/// The law of merging: however many processes merge however they like, in opposite directions and interleaved at every step of the
/// store, and wherever they die, each link is in one living record, and those that were merged to the end are one.
/// </summary>
public sealed class MergeProperties
{
    private const int People = 5;

    private sealed class Crash : Exception;

    [Fact]
    public void However_merges_meet_and_wherever_they_die_every_link_lives_on_once() =>
        Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed => RunAsync(seed).GetAwaiter().GetResult())
            .Check(Config.QuickThrowOnFailure.WithMaxTest(int.TryParse(Environment.GetEnvironmentVariable("STACKHUB_SOAK"), out var soak) ? soak : 100));

    [Fact]
    public async Task Two_merges_in_opposite_directions_end_in_one_record()
    {
        await using var hub = await WithPeopleAsync();
        await using var other = hub.Build("other");
        RecordId[] ids = [.. (await hub.RecordsAsync()).Select(record => record.Id)];
        var (first, second) = (ids[0], ids[1]);
        // Each has read its survivor before the other marks it.
        var reads = 0;
        var both = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        hub.Tables.Before = async operation =>
        {
            if (!operation.StartsWith("tables.write", StringComparison.Ordinal))
                return;
            if (Interlocked.Increment(ref reads) == 2)
                both.SetResult();
            await Task.WhenAny(both.Task, Task.Delay(200));
        };

        await Task.WhenAll(MergeAsync(hub.Get<RecordMerger>(), first, second), MergeAsync(other.GetRequiredService<RecordMerger>(), second, first));

        hub.Tables.Before = null;
        await AssertWholeAsync(hub, [(first, second)], 0);
    }

    private static async Task<bool> RunAsync(int seed)
    {
        var random = new Random(seed);
        await using var hub = await WithPeopleAsync();
        await using var other = hub.Build("other");
        RecordId[] ids = [.. (await hub.RecordsAsync()).Select(record => record.Id)];
        (RecordId, RecordId)[] pairs = [.. Enumerable.Range(0, random.Next(2, 7)).Select(_ => (ids[random.Next(People)], ids[random.Next(People)]))];
        var left = random.Next(2) == 0 ? int.MaxValue : random.Next(1, 40);
        var gate = new Lock();
        async Task Step(string _)
        {
            int pauses;
            lock (gate)
                pauses = random.Next(4);
            for (var pause = 0; pause < pauses; pause++)
                await Task.Yield();
            if (Interlocked.Decrement(ref left) < 0)
                throw new Crash();
        }
        (hub.Tables.Before, hub.Tables.After) = (Step, Step);

        var done = await Task.WhenAll(pairs.Select((pair, index) =>
            MergeAsync(index % 2 == 0 ? hub.Get<RecordMerger>() : other.GetRequiredService<RecordMerger>(), pair.Item1, pair.Item2)));

        (hub.Tables.Before, hub.Tables.After) = (null, null);
        hub.Restart("after");
        await AssertWholeAsync(hub, [.. pairs.Where((_, index) => done[index])], seed);
        return true;
    }

    private static async Task<HubHarness> WithPeopleAsync()
    {
        var time = new AdjustableTime();
        FakeSystem crm = new("crm", time);
        for (var person = 0; person < People; person++)
            crm.Create("people", ("mail", $"p{person}@c{person}.example"), ("first", "Pat"), ("last", $"Person{(char)('A' + person)}"));
        var hub = new HubHarness([crm], time);
        await hub.Get<Backfill>().RunAsync(crm.System, false, null, CancellationToken.None);
        await hub.PumpAsync();
        return hub;
    }

    /// <summary>False when the process died.</summary>
    private static async Task<bool> MergeAsync(RecordMerger merger, RecordId first, RecordId second)
    {
        try
        {
            return await merger.MergeAsync(first, second, "test", CancellationToken.None) is not null;
        }
        catch (Crash)
        {
            return false;
        }
    }

    private static async Task AssertWholeAsync(HubHarness hub, (RecordId, RecordId)[] merged, int seed)
    {
        await hub.Get<Reconcile>().RunAsync(null, CancellationToken.None);
        var records = await hub.RecordsAsync();
        var living = records.Where(record => record.MergedInto is null).ToArray();
        var links = living.SelectMany(record => record.Links.Select(link => link.Ref)).ToArray();
        Assert.True(links.Length == People && links.Distinct().Count() == People, $"seed {seed}: {string.Join("; ", living.Select(record => $"{record.Id}: {string.Join(", ", record.Links.Select(link => link.Ref))}"))}");
        var redirects = hub.Get<Redirects>();
        foreach (var (first, second) in merged)
            Assert.True(redirects.Follow(first) == redirects.Follow(second), $"seed {seed}: {first} and {second} are two");
        foreach (var record in living)
            foreach (var link in record.Links)
                Assert.Equal(record.Id, await hub.Get<IdentityResolver>().KnownAsync(link.Ref, CancellationToken.None));
        var (entries, _) = await hub.Get<RecordMerger>().ListAsync(null, 100, CancellationToken.None);
        Assert.True(records.Count - living.Length == entries.Count(entry => entry.UndoneAt is null), $"seed {seed}: {entries.Count} merges can be undone, {records.Count - living.Length} were made");
    }
}
