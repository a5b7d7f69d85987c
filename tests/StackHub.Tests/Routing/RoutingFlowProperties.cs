using FsCheck;
using FsCheck.Fluent;
using Microsoft.Extensions.DependencyInjection;
using StackHub.Records;
using StackHub.Routing.Flow;
using StackHub.Routing.Ledger;

namespace StackHub.Tests.Routing;

/// <summary>
/// The whole flow under random schedules: several processes over one store, each told of every lead more than once and in its own order,
/// dying between any two steps, while people take leads in a tool.
/// </summary>
public sealed class RoutingFlowProperties
{
    private sealed class Crash : Exception;

    [Fact]
    public void Each_lead_has_one_owner_no_cap_is_exceeded_and_nobody_is_lost() =>
        Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed => LawAsync(seed).GetAwaiter().GetResult()).Check(Config.QuickThrowOnFailure.WithMaxTest(40));

    private static async Task LawAsync(int seed)
    {
        var random = new Random(seed);
        var cap = random.Next(2) == 0 ? random.Next(1, 4) : (int?)null;
        await using var scene = new RoutingScene($$"""
            {{RoutingScene.Owners}}
              pools: { sales: { strategy: {{new[] { "weighted", "load", "sticky" }[random.Next(3)]}}, members: { ann: {{random.Next(1, 4)}}, bob: {{random.Next(1, 4)}} }{{(cap is { } most ? $", cap: {most}/week" : "")}} } }
              fallback: pool sales
            """);
        string[] leads = [.. Enumerable.Range(0, random.Next(1, 8)).Select(_ => scene.Lead())];
        await scene.Hub.OnboardAsync();
        var ids = new Dictionary<string, RecordId>();
        foreach (var lead in leads)
            ids[lead] = (await scene.RecordAsync(scene.Crm, lead)).Id;
        var taken = random.Next(2) == 0 ? leads[random.Next(leads.Length)] : null;
        TakeAtRandom(scene, taken, random.Next(0, 6));

        await CrowdAsync(scene, random, [.. ids.Values]);
        scene.Crm.BeforeRead = null;
        if (taken is not null && RoutingScene.OwnerIn(scene.Crm, taken) != "005M")
            taken = null; // its moment did not come, or it came before the owner was written over what it was
        scene.Hub.Restart();
        foreach (var id in ids.Values) // the queue gives out again what was not done
            await scene.Desk.RouteAsync([id], default);
        await scene.Hub.SettleAsync();
        foreach (var id in ids.Values)
            await scene.Desk.RouteAsync([id], default);
        await scene.Hub.SettleAsync();

        await CheckAsync(scene, ids, taken, cap);
    }

    /// <summary>A person takes the lead in the CRM right before one of the reads; the tool's message of it is late.</summary>
    private static void TakeAtRandom(RoutingScene scene, string? lead, int read)
    {
        scene.Crm.BeforeRead = lead is null ? null : () =>
        {
            if (Interlocked.Decrement(ref read) == 0)
            {
                scene.Crm.Edit(lead, "owner", "005M");
                scene.Crm.Edits.Clear();
            }

            return Task.CompletedTask;
        };
    }

    private static async Task CrowdAsync(RoutingScene scene, Random random, RecordId[] ids)
    {
        var left = random.Next(3, 120);
        async Task Step(string _)
        {
            if (Interlocked.Decrement(ref left) is var now && now < 0 && now % 9 == 0)
                throw new Crash();
            await Task.Yield();
        }

        var workers = Enumerable.Range(0, random.Next(1, 5)).Select(number => (Services: scene.Hub.Build($"worker-{number}"), Told: ids.Concat(ids.Where(_ => random.Next(2) == 0)).OrderBy(_ => random.Next()).ToArray())).ToArray();
        if (random.Next(2) == 0)
            scene.Hub.Tables.Before = Step;
        else
            scene.Hub.Tables.After = Step;
        await Task.WhenAll(workers.Select(worker => Task.Run(() => WorkAsync(worker.Services, worker.Told))));
        (scene.Hub.Tables.Before, scene.Hub.Tables.After) = (null, null);
        foreach (var worker in workers)
            await worker.Services.DisposeAsync();
    }

    private static async Task WorkAsync(ServiceProvider services, RecordId[] told)
    {
        foreach (var lead in told)
        {
            try
            {
                await services.GetRequiredService<RoutingDesk>().RouteAsync([lead], default);
            }
            catch (Crash)
            {
            }
        }
    }

    private static async Task CheckAsync(RoutingScene scene, Dictionary<string, RecordId> ids, string? taken, int? cap)
    {
        var entries = new List<LedgerEntry>();
        foreach (var (lead, id) in ids)
        {
            var own = await scene.Ledger.OfAsync(id, default);
            entries.AddRange(own);
            var standing = own.Where(entry => entry is { State: LedgerState.Decided, Owner: not null }).ToArray();
            Assert.True(standing.Length <= 1, $"{standing.Length} decisions stand of one lead");
            var owner = RoutingScene.OwnerIn(scene.Crm, lead);
            if (lead == taken)
                Assert.Equal("005M", owner);
            else if (owner != "005M") // else somebody took it, and had it before the owner was written
                Assert.Equal(standing is [var only] ? only.Owner == "ann" ? "005A" : "005B" : null, owner);
            Assert.True(cap is not null || owner is not null, "a lead has no owner although nobody is at a cap");
        }

        var state = (await scene.Ledger.PoolAsync("sales", default)).State;
        foreach (var (owner, member) in state.Members)
        {
            Assert.Equal(entries.Count(entry => entry.Owner == owner.Name && entry.State != LedgerState.Refunded), member.Given);
            Assert.Equal(entries.Count(entry => entry.Owner == owner.Name && entry.State == LedgerState.Decided), member.Open);
            Assert.True(cap is null || member.Given <= cap, "a cap is exceeded");
        }

        Assert.Equal(entries.Count(entry => entry.State == LedgerState.Held), state.Waiting);
        Assert.Equal(state.Waiting, (await scene.Ledger.HeldAsync("sales", 100, default)).Count);
    }
}
