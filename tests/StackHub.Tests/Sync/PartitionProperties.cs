using FsCheck;
using FsCheck.Fluent;
using StackHub.Connecting;
using StackHub.Sync.Runs;
using StackHub.Testing.Connecting;
using StackHub.Testing.Sync;

namespace StackHub.Tests.Sync;

/// <summary>
/// The law of identity: which vendors' records become one record, and which of those that dispute an address may be created elsewhere,
/// depends on what the tools say and not on the order in which they are read.
/// </summary>
public sealed class PartitionProperties
{
    private static readonly string[] Firsts = ["Robert", "Bob", "Rob", "Elizabeth", "Liz", "Anna", "Maria"];
    private static readonly string[] Lasts = ["Oakheart", "Oakhaert", "Oakhert", "Lindqvist", "Lindqist", "Smith"];
    private static readonly string[] Jobs = ["Buyer", "Engineer", "Head of Sales"];
    private static readonly string[] Names = ["Globex", "Globex Inc.", "Initech", "Initech GmbH", "Umbrella"];

    [Fact]
    public void The_same_records_become_the_same_people_and_accounts_in_whatever_order_they_are_met() =>
        Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed => RunAsync(seed).GetAwaiter().GetResult())
            .Check(Config.QuickThrowOnFailure.WithMaxTest(int.TryParse(Environment.GetEnvironmentVariable("STACKHUB_SOAK"), out var soak) ? soak : 60));

    private static async Task<bool> RunAsync(int seed)
    {
        var random = new Random(seed);
        var time = new AdjustableTime();
        FakeSystem[] systems = [new("crm", time), new("marketing", time), new("support", time)];
        (FakeSystem System, string Id)[] records = [.. Enumerable.Range(0, random.Next(4, 14)).Select(_ => systems[random.Next(3)]).Select(system => (system, Create(system, random)))];

        var first = await PartitionAsync(systems, records, time, seed + 1);
        var second = await PartitionAsync(systems, records, time, seed + 2);

        Assert.True(first == second, $"seed {seed}:\n{first}\n\nor\n\n{second}\n\nof\n\n{string.Join('\n', records.Select(record => $"{record.Id}: {string.Join(", ", record.System.Whole(record.Id).Record.Fields.Select(field => $"{field.Key}={field.Value.Text}"))}"))}");
        return true;
    }

    /// <summary>From pools so small that keys are shared, names are near to each other, and one record stands between two others.</summary>
    private static string Create(FakeSystem system, Random random) => random.Next(4) == 0
        ? system.Create("companies", Company(random))
        : system.Create("people",
            ("mail", One(["pat@acme.example", "p.oak@acme.example", "pat@gmail.com", "info@acme.example", "sales@globex.example", null], random)),
            ("first", One(Firsts, random)),
            ("last", One(Lasts, random)),
            ("tel", One(["+14155552671", "+14155552672", null, null], random)),
            ("job", One(Jobs, random)));

    /// <summary>The domain goes with the name, now and then it is missing; reserved names are written by many.</summary>
    private static (string, string?)[] Company(Random random) => One(Names, random) is var name
        ? [("name", name), ("domain", One([$"{name[..5].ToLowerInvariant()}.example", $"www.{name[..5].ToLowerInvariant()}.example", "example.com", null], random))]
        : [];

    private static T One<T>(T[] items, Random random) => items[random.Next(items.Length)];

    /// <summary>Told in a random order, in batches of a random size, by two processes in turn or at once.</summary>
    private static async Task<string> PartitionAsync(FakeSystem[] systems, (FakeSystem System, string Id)[] records, AdjustableTime time, int order)
    {
        var random = new Random(order);
        (FakeSystem System, string Id)[] shuffled = [.. records];
        random.Shuffle(shuffled);
        await using var hub = new HubHarness(systems, time);
        foreach (var batch in shuffled.Chunk(random.Next(1, 6)))
        {
            await Task.WhenAll(batch.GroupBy(record => record.System).Select(group => hub.TellAsync(group.Key, [.. group.Select(record => (Change)record.System.Whole(record.Id))])));
            if (random.Next(3) == 0)
                await hub.PumpAsync();
            if (random.Next(4) == 0)
                hub.Restart($"harness-{order}");
        }
        await hub.PumpAsync();
        await hub.Get<Rematch>().RunAsync(CancellationToken.None);
        await hub.PumpAsync();
        return string.Join('\n', (await hub.RecordsAsync())
            .Where(record => record.MergedInto is null)
            .Select(record => $"{record.Kind}{(record.Contested ? " (contested)" : "")}: {string.Join(", ", record.Links.Select(link => link.Ref))}")
            .Order(StringComparer.Ordinal));
    }
}
