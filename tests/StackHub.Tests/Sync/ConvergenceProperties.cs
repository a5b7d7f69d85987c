using FsCheck;
using FsCheck.Fluent;
using StackHub.Configuration;
using StackHub.Connecting;
using StackHub.Records;
using StackHub.Sync.Runs;
using StackHub.Testing.Connecting;
using StackHub.Testing.Sync;

namespace StackHub.Tests.Sync;

/// <summary>
/// The law of the sync model: whatever the order, repetition, loss (with a later poll), interleaving or crash, the same facts end in the
/// same place: every system says the canonical value, each person is there once, and nothing is left to do.
/// </summary>
public sealed class ConvergenceProperties
{
    private sealed class Crash : Exception;

    [Fact]
    public void However_the_news_arrives_and_whenever_the_process_dies_all_systems_end_alike() =>
        Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed => RunAsync(seed).GetAwaiter().GetResult())
            .Check(Config.QuickThrowOnFailure.WithMaxTest(int.TryParse(Environment.GetEnvironmentVariable("STACKHUB_SOAK"), out var soak) ? soak : 60));

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task The_order_in_which_the_same_news_arrives_changes_no_record(int seed)
    {
        var (first, second) = (await CellsAsync(seed, order: 1), await CellsAsync(seed, order: 2));

        Assert.Equal(first, second);
    }

    private static async Task<bool> RunAsync(int seed)
    {
        var random = new Random(seed);
        var time = new AdjustableTime();
        FakeSystem[] systems = [new("crm", time) { IsCoarse = random.Next(2) == 0 }, new("marketing", time), new("support", time)];
        if (random.Next(2) == 0)
            systems[1].Normalise = (field, value) => field is "first" or "mail" ? value?.ToLowerInvariant() : value;
        Seed(systems, random);
        await using var hub = new HubHarness(systems, time);
        await hub.OnboardAsync();
        var crashes = random.Next(4);
        var newest = new NewestEdits();
        for (var round = 0; round < 6; round++)
        {
            Edit(systems, random, random.Next(1, 8), newest);
            var news = News(systems, random, newest);
            newest.NextRound();
            if (crashes > 0)
                Arm(hub, systems, random);
            await TellAsync(hub, news);
            Disarm(hub, systems);
            if (crashes-- > 0)
            {
                hub.Restart($"harness-{round}");
                await TellAsync(hub, news); // the queue gives it out again
            }
        }
        await FinishAsync(hub, time);
        return Check(hub, await hub.RecordsAsync(), newest, seed);
    }

    private static void Seed(FakeSystem[] systems, Random random)
    {
        for (var person = 0; person < 6; person++)
            foreach (var system in systems.Where(_ => random.Next(3) > 0))
                system.Create("people", ("mail", $"p{person}@acme.com"), ("first", "Pat"), ("last", $"Person{(char)('A' + person)}"), ("job", $"{system.System}{random.Next(3)}"));
    }

    private static void Edit(FakeSystem[] systems, Random random, int count, NewestEdits newest)
    {
        for (var edit = 0; edit < count; edit++)
        {
            var system = systems[random.Next(3)];
            var live = system.Live("people").Keys.ToArray();
            if (live.Length == 0)
                continue;
            var id = live[random.Next(live.Length)];
            switch (random.Next(12))
            {
                case 0:
                    system.Create("people", ("mail", $"new{random.Next(1_000_000)}@acme.com"), ("first", "New"), ("last", $"One{random.Next(1_000)}"));
                    break;
                case 1:
                    newest.Edit(system, id, "tel", null);
                    break;
                case 2:
                    system.Edit(id, "optout", random.Next(2) == 0 ? "true" : "false");
                    break;
                default:
                    newest.Edit(system, id, random.Next(2) == 0 ? "job" : "tel", $"v{random.Next(100)}");
                    break;
            }
        }
    }

    /// <summary>News comes shuffled, repeated, and in part not at all.</summary>
    private static Dictionary<FakeSystem, Change[]> News(FakeSystem[] systems, Random random, NewestEdits newest)
    {
        var told = new Dictionary<FakeSystem, Change[]>();
        foreach (var system in systems)
        {
            var lost = system.Edits.Where(_ => random.Next(10) == 0).ToHashSet();
            newest.Lose(system, lost);
            told[system] = [.. system.Edits.Concat(system.Edits.Where(_ => random.Next(3) == 0)).Where(edit => !lost.Contains(edit))];
            random.Shuffle(told[system]);
            system.Edits.Clear();
        }
        return told;
    }

    /// <summary>Two workers may take a system's news at once.</summary>
    private static async Task TellAsync(HubHarness hub, Dictionary<FakeSystem, Change[]> news)
    {
        try
        {
            foreach (var (system, changes) in news)
            {
                var half = changes.Length / 2;
                await Task.WhenAll(hub.TellAsync(system, changes[..half]), hub.TellAsync(system, changes[half..]));
            }
            await hub.PumpAsync();
        }
        catch (Exception e) when (e is Crash or VendorUnavailableException or AggregateException)
        {
            // the process died here; what it had told the store stays
        }
    }

    /// <summary>Dies at a random storage step, or loses a vendor's answer at a random call.</summary>
    private static void Arm(HubHarness hub, FakeSystem[] systems, Random random)
    {
        var left = random.Next(1, 60);
        var after = random.Next(2) == 0;
        Task Step(string _) => Interlocked.Decrement(ref left) < 0 ? throw new Crash() : Task.CompletedTask;
        if (after)
            (hub.Tables.After, hub.Queue.After) = (Step, Step);
        else
            (hub.Tables.Before, hub.Queue.Before) = (Step, Step);
        var calls = random.Next(1, 6);
        foreach (var system in systems)
            system.AfterWrite = _ => Interlocked.Decrement(ref calls) == 0 ? throw new VendorUnavailableException(system.System, "the answer was lost") { Uncertain = true } : Task.CompletedTask;
    }

    private static void Disarm(HubHarness hub, FakeSystem[] systems)
    {
        (hub.Tables.Before, hub.Tables.After, hub.Queue.Before, hub.Queue.After) = (null, null, null, null);
        foreach (var system in systems)
            system.AfterWrite = null;
    }

    /// <summary>What a running hub does by itself: leases run out, messages come back, polls and the sweep repair.</summary>
    private static async Task FinishAsync(HubHarness hub, AdjustableTime time)
    {
        for (var round = 0; round < 4; round++)
        {
            time.Advance(TimeSpan.FromMinutes(6));
            foreach (var system in hub.Systems)
                await hub.Get<Poll>().RunAsync(system.System, CancellationToken.None);
            await hub.Get<Reconcile>().RunAsync(null, CancellationToken.None);
            await new SweepTimer(hub.Get<HubModel>(), hub.Get<StackHub.Sync.Outbox.PushSignals>()).RunAsync(CancellationToken.None);
            await hub.SettleAsync();
        }
    }

    private static bool Check(HubHarness hub, IReadOnlyList<HubRecord> records, NewestEdits newest, int seed)
    {
        foreach (var system in hub.Systems)
        {
            var people = system.Live("people");
            var twice = people.Values.GroupBy(person => person["mail"]?.ToLowerInvariant()).FirstOrDefault(group => group.Count() > 1);
            Assert.True(twice is null, $"seed {seed}: {system.System} has {twice?.Key} more than once");
        }
        foreach (var mail in hub.Systems.SelectMany(system => system.Live("people").Values).Select(person => person["mail"]!.ToLowerInvariant()).Distinct())
        {
            foreach (var field in new[] { "first", "last", "job", "tel", "optout" })
            {
                var values = hub.Systems.Select(system => system.Live("people").Values.SingleOrDefault(person => person["mail"]!.Equals(mail, StringComparison.OrdinalIgnoreCase))).ToArray();
                Assert.True(values.All(value => value is not null), $"seed {seed}: {mail} is missing in a system");
                var texts = values.Select(value => Comparable(field, value!.GetValueOrDefault(field))).Distinct().ToArray();
                Assert.True(texts.Length == 1, $"seed {seed}: {mail}: {field} is {string.Join(" / ", texts.Select(text => text ?? "blank"))}");
            }
        }
        Assert.Equal(records.Count(record => record.MergedInto is null), hub.Systems[0].Live("people").Count);
        foreach (var (mail, field, value) in newest.Certain)
        {
            var texts = hub.Systems.Select(system => system.Live("people").Values.Single(person => person["mail"]!.Equals(mail, StringComparison.OrdinalIgnoreCase)).GetValueOrDefault(field)).ToArray();
            Assert.True(texts.All(text => text == value), $"seed {seed}: {mail}: {field} was last edited to {value ?? "blank"} and is {string.Join(" / ", texts.Select(text => text ?? "blank"))}");
        }
        return true;
    }

    /// <summary>
    /// The last edit of each person's field, by the vendors' own clocks; only those that must win. An edit whose news was lost may have
    /// been written over before a poll saw it, and one in a system that dates no more than the record may seem newer than it is.
    /// </summary>
    private sealed class NewestEdits
    {
        private readonly Dictionary<(string Mail, string Field), (DateTimeOffset At, string? Value)> edits = [];
        private readonly HashSet<(string, string)> uncertain = [];
        private int round;

        public void NextRound() => round++;

        public IEnumerable<(string Mail, string Field, string? Value)> Certain =>
            edits.Where(edit => !uncertain.Contains(edit.Key)).Select(edit => (edit.Key.Mail, edit.Key.Field, edit.Value.Value));

        /// <summary>Saving what is there already is no edit; a value from when the record was made may be newer than an edit elsewhere.</summary>
        public void Edit(FakeSystem system, string id, string field, string? value)
        {
            var before = system.Live("people")[id];
            var key = (before["mail"]!.ToLowerInvariant(), field);
            var made = system.IsCoarse || round == 0;
            system.Edit(id, field, value);
            if (before.GetValueOrDefault(field) == value)
                return;
            var at = system.Whole(id).Record.Fields[field].At ?? default;
            if (made || (edits.TryGetValue(key, out var known) && known.At == at))
                uncertain.Add(key);
            if (!edits.TryGetValue(key, out known) || known.At < at)
                edits[key] = (at, value);
        }

        public void Lose(FakeSystem system, IEnumerable<Change> lost)
        {
            foreach (var change in lost.OfType<Change.Seen>())
                foreach (var field in change.Record.Fields.Keys)
                    if (system.Live("people").TryGetValue(change.Ref.Id, out var row))
                        uncertain.Add((row["mail"]!.ToLowerInvariant(), field));
        }
    }

    /// <summary>One system lower-cases first names, and a flag that is off may be unset.</summary>
    private static string? Comparable(string field, string? value) => field switch
    {
        "first" => value?.ToLowerInvariant(),
        "optout" => value ?? "false",
        _ => value,
    };

    /// <summary>The cells (without receipts' times, which differ from run to run) after the same edits were told in an order of their own.</summary>
    private static async Task<string> CellsAsync(int seed, int order)
    {
        var time = new AdjustableTime();
        time.Hold();
        time.Advance(new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero) - time.GetUtcNow());
        FakeSystem[] systems = [new("crm", time), new("marketing", time), new("support", time)];
        var random = new Random(seed);
        foreach (var system in systems)
            for (var person = 0; person < 4; person++)
                system.Create("people", ("mail", $"p{person}@acme.com"), ("first", "Pat"), ("last", $"Person{(char)('A' + person)}"));
        await using var hub = new HubHarness(systems, time);
        foreach (var system in systems)
            await hub.Get<Backfill>().RunAsync(system.System, false, null, CancellationToken.None);
        foreach (var system in systems)
            system.Edits.Clear();
        for (var edit = 0; edit < 40; edit++)
        {
            var system = systems[random.Next(3)];
            system.Edit(system.Live("people").Keys.ElementAt(random.Next(4)), random.Next(2) == 0 ? "job" : "tel", $"v{random.Next(5)}");
        }
        var news = systems.SelectMany(system => system.Edits.Select(edit => (system, edit))).ToArray();
        new Random(order).Shuffle(news);
        foreach (var (system, edit) in news)
            await hub.TellAsync(system, edit);
        var records = await hub.RecordsAsync();
        return string.Join('\n', records
            .OrderBy(record => record.Links[0].Ref)
            .SelectMany(record => record.Links)
            .SelectMany(link => link.Cells.Select(cell => $"{link.Ref} {cell.Key} {string.Join(',', cell.Value.Seen.Select(seen => $"{seen.At:O}={seen.Value.Text}"))}")));
    }
}
