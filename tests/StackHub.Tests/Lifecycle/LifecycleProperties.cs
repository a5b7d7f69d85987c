using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.Extensions.DependencyInjection;
using StackHub.Lifecycle;
using StackHub.Lifecycle.Accounts;
using StackHub.Records;
using static StackHub.Tests.Lifecycle.LifecycleScene;

namespace StackHub.Tests.Lifecycle;

/// <summary>
/// The model is one worker that hears everything once, in order. Whatever the order of the news, however often it comes, with two workers
/// at once who die between any two steps of the store, people and their account end where the model's do.
/// </summary>
public sealed class LifecycleProperties
{
    private static readonly (SystemId System, string Field, string[] Values)[] Sayings =
    [
        (Marketing, "lifecycleStage", ["subscriber", "lead", "mql", "customer", "unheard-of"]),
        (Marketing, "leadScore", ["40", "90", "120"]),
        (Marketing, "lastForm", ["demo", "newsletter"]),
        (Crm, "leadStatus", ["Working", "Qualified", "Unqualified", "Nurture"]),
        (Crm, "reason", ["no budget"]),
        (Crm, "revisit", ["2026-05-20"]),
        (Success, "lifecycleStage", ["evangelist"]),
    ];

    private sealed class Crash : Exception;

    private sealed record Said(RecordKind Kind, RecordId Record, SystemId System, string Field, string? Value, DateTimeOffset At);

    [Fact]
    public void Whatever_the_schedule_people_end_where_they_would_have_in_order() =>
        Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed => AgreesAsync(seed).GetAwaiter().GetResult())
            .Check(Config.QuickThrowOnFailure.WithMaxTest(int.TryParse(Environment.GetEnvironmentVariable("STACKHUB_SOAK"), out var soak) ? soak : 60));

    private static async Task<bool> AgreesAsync(int seed)
    {
        await using var model = new LifecycleScene();
        await using var real = new LifecycleScene();
        var random = new Random(seed);
        var (people, deal, account) = ((RecordId[])[model.New(), model.New()], model.New(), model.New());
        var story = Story(random, people, deal, account);
        foreach (var scene in new[] { model, real })
            scene.Time.Advance(At(5, 6) - scene.Time.GetUtcNow());

        foreach (var said in story)
            await HearAsync(model, said);
        await DisorderAsync(real, random, [.. story.Concat(story.Where(_ => random.Next(4) == 0)).Shuffle(random)]);
        foreach (var id in people.Append(deal))
            await real.Get<LifecycleFlow>().RunAsync(id, again: true, CancellationToken.None);
        await real.PumpAsync();

        Assert.Equal(await ShownAsync(model, people, account), await ShownAsync(real, people, account));
        return true;
    }

    /// <summary>In the order of time, on few moments, so that ties are common.</summary>
    private static Said[] Story(Random random, RecordId[] people, RecordId deal, RecordId account)
    {
        var story = people.Select(person => new Said(RecordKind.Person, person, Crm, "account", account.ToString(), At(5, 1))).ToList();
        for (var count = random.Next(4, 14); count > 0; count--)
        {
            var (system, field, values) = Sayings[random.Next(Sayings.Length)];
            story.Add(new(RecordKind.Person, people[random.Next(2)], system, field, values[random.Next(values.Length)], At(5, 1 + random.Next(4), random.Next(3))));
        }

        var opened = At(5, 2, random.Next(20));
        story.Add(new(RecordKind.Opportunity, deal, Crm, "contacts", $"{people[0]}:Buyer", opened));
        story.Add(new(RecordKind.Opportunity, deal, Crm, "isClosed", "false", opened));
        if (random.Next(2) == 0)
            story.AddRange([new(RecordKind.Opportunity, deal, Crm, "isClosed", "true", opened.AddHours(30)), new(RecordKind.Opportunity, deal, Crm, "isWon", random.Next(2) == 0 ? "true" : "false", opened.AddHours(30))]);
        if (random.Next(2) == 0)
            story.Add(new(RecordKind.Account, account, Billing, "subscription", random.Next(2) == 0 ? "active" : "ended", At(5, 4)));
        return [.. story.DistinctBy(said => (said.Record, said.System, said.Field, said.At)).OrderBy(said => said.At)];
    }

    private static async Task HearAsync(LifecycleScene scene, Said said)
    {
        await scene.ObserveAsync(said.Kind, said.Record, said.System, said.Field, said.Value, said.At);
        await scene.Get<LifecycleFlow>().RunAsync(said.Record, again: false, CancellationToken.None);
        await scene.PumpAsync();
    }

    /// <summary>Two processes take the news as it comes, and now and then one dies between two steps of the store.</summary>
    private static async Task DisorderAsync(LifecycleScene scene, Random random, Said[] news)
    {
        await using var other = scene.Build(scene.Plan());
        foreach (var pair in news.Chunk(2))
        {
            foreach (var said in pair)
                await scene.ObserveAsync(said.Kind, said.Record, said.System, said.Field, said.Value, said.At);
            var left = random.Next(3) == 0 ? random.Next(1, 25) : int.MaxValue;
            async Task Step(string _)
            {
                await Task.Yield();
                if (Interlocked.Decrement(ref left) < 0)
                    throw new Crash();
            }

            var before = random.Next(2) == 0;
            (scene.Tables.Before, scene.Tables.After) = (before ? Step : null, before ? null : Step);
            try
            {
                await Task.WhenAll(pair.Select((said, worker) => Task.Run(() => (worker == 0 ? scene.Get<LifecycleFlow>() : other.GetRequiredService<LifecycleFlow>()).RunAsync(said.Record, again: false, CancellationToken.None))));
            }
            catch (Exception e) when (e is Crash or JourneyContendedException)
            {
                // its message comes again
            }

            (scene.Tables.Before, scene.Tables.After) = (null, null);
        }
    }

    private static async Task<string> ShownAsync(LifecycleScene scene, RecordId[] people, RecordId account)
    {
        var shown = new List<string>();
        foreach (var person in people)
        {
            var head = await scene.HeadAsync(person);
            shown.Add($"{JsonSerializer.Serialize(head.Journeys)} {head.Standing} {string.Join(',', head.Unmapped)} {string.Join(',', head.Fields.Where(field => field.Key.StartsWith("life", StringComparison.Ordinal)))}");
            shown.Add($"{await scene.ValueAsync(person, "lifecycleStage")} {string.Join(',', head.Clocks.Select(clock => $"{clock.Key} {clock.DueAt:O} {clock.MetAt:O}"))}");
        }

        var standing = await scene.Get<AccountBoard>().FindAsync(account, CancellationToken.None);
        return string.Join('\n', [.. shown, $"{standing.Stage} {standing.IsQualified}"]);
    }
}

internal static class Shuffling
{
    public static T[] Shuffle<T>(this IEnumerable<T> items, Random random)
    {
        T[] shuffled = [.. items];
        random.Shuffle(shuffled);
        return shuffled;
    }
}
