using Microsoft.Extensions.DependencyInjection;
using StackHub.Connecting;
using StackHub.Privacy;
using StackHub.Privacy.Holds;
using StackHub.Privacy.Tasks;
using StackHub.Testing.Privacy;
using StackHub.Triggers;

namespace StackHub.Tests.Privacy;

/// <summary>Whatever fails, whenever, and however often a message comes: one effective deletion a record, none under a hold, and an end.</summary>
public sealed class TaskEngineProperties
{
    private const string Ada = "ada.lovelace@example.com";

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    [InlineData(8)]
    [InlineData(9)]
    [InlineData(10)]
    [InlineData(11)]
    [InlineData(12)]
    public async Task Under_random_faults_and_holds_each_record_is_deleted_once_and_never_under_a_hold(int seed)
    {
        var random = new Random(seed);
        await using var scene = new PrivacyScene("salesforce", "marketo", "zendesk", "pendo");
        scene.Person("salesforce", Ada);
        await scene.SyncAsync();
        var storm = new Storm(scene, random);
        var id = await scene.BegunAsync(Ada);

        await using var other = scene.Hub.Build("other");
        storm.Begin();
        var holds = await storm.RageAsync([id], other, rounds: 60);
        storm.End();
        await storm.MendAsync([id]);

        var request = await scene.RequestAsync(id);
        Assert.True(request.State == PrivacyRequestState.Complete, $"{request.State}: {string.Join(", ", await scene.Store.TasksAsync(id, default))}");
        foreach (var system in scene.Systems)
        {
            Assert.Single(system.Deletions, deletion => deletion.Effective);
            Assert.DoesNotContain(system.Deletions, deletion => holds.Any(hold => deletion.At > hold.EffectiveAt && deletion.At < (hold.LiftedAt ?? DateTimeOffset.MaxValue)));
            Assert.Equal(0, system.ByAddress);
        }
        Assert.All(await scene.Store.TasksAsync(id, default), task => Assert.Equal(ProofLevel.Sealed, task.Level));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    public async Task Under_random_faults_several_go_in_one_call_and_each_is_deleted_once(int seed)
    {
        var random = new Random(seed);
        await using var scene = new PrivacyScene("salesforce", "marketo", "zendesk");
        var people = await PeopleAsync(scene, 9, most: 4);
        var storm = new Storm(scene, random);
        var ids = new List<RequestId>();
        foreach (var email in people)
            ids.Add(await scene.BegunAsync(email));
        var adas = (await scene.RequestAsync(ids[0])).Plan!.Items.ToDictionary(item => item.System, item => item.Id);

        await using var other = scene.Hub.Build("other");
        storm.Begin();
        var holds = await storm.RageAsync(ids, other, rounds: 60);
        storm.End();
        await storm.MendAsync(ids);

        foreach (var id in ids)
            Assert.True((await scene.RequestAsync(id)).State == PrivacyRequestState.Complete, string.Join(", ", await scene.Store.TasksAsync(id, default)));
        foreach (var system in scene.Systems)
        {
            Assert.Equal(people.Count, system.Deletions.Where(deletion => deletion.Effective).Select(deletion => deletion.Id).Distinct().Count());
            Assert.Equal(people.Count, system.Deletions.Count(deletion => deletion.Effective));
            Assert.DoesNotContain(system.Deletions, deletion => deletion.Id == adas[system.System] && holds.Any(hold => deletion.At > hold.EffectiveAt && deletion.At < (hold.LiftedAt ?? DateTimeOffset.MaxValue)));
        }
        Assert.Contains(scene.Systems.SelectMany(system => system.Asked), asked => asked > 1);
    }

    [Fact]
    public async Task What_is_due_together_is_asked_for_in_full_batches_and_each_keeps_its_own_evidence()
    {
        await using var scene = new PrivacyScene("salesforce", "marketo", "zendesk");
        var ids = new List<RequestId>();
        foreach (var email in await PeopleAsync(scene, 25, most: 10))
            ids.Add(await scene.BegunAsync(email));
        await scene.Hub.PumpAsync();

        await scene.PassAsync(TimeSpan.FromDays(60), TimeSpan.FromHours(6));

        Assert.All(scene.Systems, system => Assert.Equal([10, 10, 5], system.Asked.OrderDescending()));
        foreach (var id in ids)
        {
            Assert.Equal(PrivacyRequestState.Complete, (await scene.RequestAsync(id)).State);
            var trail = await scene.Hub.Get<PrivacyTrail>().ListAsync(id, default);
            Assert.Equal(3, trail.Count(entry => entry.What == "requested" && !entry.Detail.StartsWith("stackhub ", StringComparison.Ordinal)));
            Assert.Equal(3, trail.Count(entry => entry.What == "confirmed by status"));
        }
    }

    /// <summary>One of them fails for good, and the others of its call do not.</summary>
    [Fact]
    public async Task A_record_that_is_refused_fails_nobody_else_of_its_call()
    {
        await using var scene = new PrivacyScene("zendesk");
        var ids = new List<RequestId>();
        foreach (var email in await PeopleAsync(scene, 5, most: 10))
            ids.Add(await scene.BegunAsync(email));
        await scene.Hub.PumpAsync();
        var refused = (await scene.RequestAsync(ids[2])).Plan!.Items[0].Id;
        scene["zendesk"].RefusesOne = id => id == refused;

        await scene.PassAsync(TimeSpan.FromDays(60), TimeSpan.FromHours(6));

        Assert.Equal([5], scene["zendesk"].Asked);
        foreach (var id in ids)
            Assert.Equal(id == ids[2] ? PrivacyTaskStatus.Failed : PrivacyTaskStatus.Done, (await scene.TaskAsync(id, "zendesk")).Status);
    }

    private static async Task<IReadOnlyList<string>> PeopleAsync(PrivacyScene scene, int count, int most)
    {
        string[] people = [Ada, .. Enumerable.Range(1, count - 1).Select(number => $"somebody.{number}@company{number}.example")];
        foreach (var (number, email) in people.Index())
            scene.Person(scene.Systems[0].System.Name, email, $"Given{(char)('a' + number)}", $"Family{(char)('a' + number)}");
        await scene.SyncAsync();
        foreach (var system in scene.Systems)
            system.Most = most;
        return people;
    }

    /// <summary>Vendors fail as vendors do, the store as if the process had died, and messages come twice.</summary>
    private sealed class Storm(PrivacyScene scene, Random random)
    {
        private readonly Lock dice = new();
        private bool raging;

        public void Begin()
        {
            raging = true;
            foreach (var system in scene.Systems)
            {
                system.Before = () => Fail(system, uncertain: false);
                system.After = () => Fail(system, uncertain: true);
            }
            scene.Hub.Tables.Before = operation => Die(operation);
            scene.Hub.Tables.After = operation => Die(operation);
        }

        public void End()
        {
            raging = false;
            scene.Hub.Tables.Before = scene.Hub.Tables.After = null;
        }

        public async Task<IReadOnlyList<LegalHold>> RageAsync(IReadOnlyList<RequestId> ids, IServiceProvider other, int rounds)
        {
            var placed = new List<string>();
            for (var round = 0; round < rounds; round++)
            {
                scene.Time.Advance(TimeSpan.FromMinutes(random.Next(1, 60)));
                await Task.WhenAll(TryAsync(() => scene.Hub.PumpAsync()), TryAsync(() => PumpAsync(other)));
                if (random.Next(3) == 0)
                    await TryAsync(() => scene.WatchAsync());
                if (random.Next(2) == 0)
                    await TryAsync(() => AgainAsync(ids[random.Next(ids.Count)]));
                if (random.Next(10) == 0)
                    await PlaceAsync(placed);
                else if (placed.Count > 0 && random.Next(3) == 0)
                    await LiftAsync(placed);
            }
            raging = false;
            while (placed.Count > 0)
                await LiftAsync(placed);
            return await scene.Hub.Get<HoldStore>().ListAsync(default);
        }

        /// <summary>Nothing fails any more; an officer tries again what was given up.</summary>
        public async Task MendAsync(IReadOnlyList<RequestId> ids)
        {
            for (var day = 0; day < 12 && !await AreCompleteAsync(ids); day++)
            {
                foreach (var id in ids)
                    foreach (var task in await scene.Store.TasksAsync(id, default))
                        if (task.Status == PrivacyTaskStatus.Failed)
                            await scene.Desk.RetryAsync(id, task.Id, "olga", default);
                await scene.PassAsync(TimeSpan.FromDays(1), TimeSpan.FromHours(1));
            }
        }

        private async Task<bool> AreCompleteAsync(IReadOnlyList<RequestId> ids)
        {
            foreach (var id in ids)
                if ((await scene.RequestAsync(id)).State != PrivacyRequestState.Complete)
                    return false;
            return true;
        }

        private async Task AgainAsync(RequestId id)
        {
            foreach (var task in await scene.Store.TasksAsync(id, default))
                await scene.Hub.Get<TaskSignals>().WakeAsync(id, task.Id, TimeSpan.Zero, default);
        }

        private async Task PlaceAsync(List<string> placed)
        {
            var calm = raging;
            raging = false; // who places a hold is answered
            placed.Add((await scene.HoldAsync(Ada, $"case {random.Next()}")).Id);
            raging = calm;
            scene.Time.Advance(TimeSpan.FromSeconds(1));
        }

        private async Task LiftAsync(List<string> placed)
        {
            var calm = raging;
            raging = false;
            scene.Time.Advance(TimeSpan.FromSeconds(1));
            await scene.Hub.Get<LegalHolds>().LiftAsync(placed[0], "counsel", default);
            placed.RemoveAt(0);
            raging = calm;
        }

        /// <summary>A second process over the same store.</summary>
        private static async Task PumpAsync(IServiceProvider other)
        {
            var handler = other.GetRequiredService<IEnumerable<IQueueHandler>>().OfType<PrivacyHandler>().Single();
            while (await other.GetRequiredService<QueuePump>().PumpOnceAsync(handler, default) > 0)
                continue;
        }

        private int Next(int below)
        {
            lock (dice)
                return random.Next(below);
        }

        private Task Fail(ErasingSystem system, bool uncertain)
        {
            if (!raging)
                return Task.CompletedTask;
            return Next(uncertain ? 4 : 6) switch
            {
                0 => throw new VendorUnavailableException(system.System, "throttled", uncertain ? null : TimeSpan.FromMinutes(1 + Next(90))) { Uncertain = uncertain },
                1 => throw new VendorUnavailableException(system.System, "error 503") { Uncertain = uncertain },
                _ => Task.CompletedTask,
            };
        }

        private Task Die(string operation) =>
            raging && operation.EndsWith(" privacy", StringComparison.Ordinal) && Next(25) == 0 ? throw new IOException("the process died here") : Task.CompletedTask;

        private static async Task TryAsync(Func<Task> act)
        {
            try
            {
                await act();
            }
            catch (IOException)
            {
                // It died, and the next round is another life.
            }
        }
    }
}
