using StackHub.Connecting;
using StackHub.EndToEnd.Tests.Staging;
using StackHub.Privacy;
using StackHub.Privacy.Tasks;
using StackHub.Sandbox;
using StackHub.Storage;
using StackHub.Triggers;

namespace StackHub.EndToEnd.Tests;

/// <summary>Many people at once through the real connectors: vendors are asked in their batches, and each request is proven on its own.</summary>
public sealed class BatchErasureTests
{
    private const int People = 40;

    /// <summary>Who is due in the same moment goes into one call; how many moments there are is the schedule's.</summary>
    private const int Few = People / 8;

    [Fact]
    public async Task Many_people_are_erased_by_few_calls_and_each_of_them_is_proven()
    {
        await using var stage = await Stage.StartAsync(new() { People = 12, Vendors = Unlimited });
        string[] emails = [.. Enumerable.Range(0, People).Select(number => CanaryPerson.CreateSomebody(stage.Sandbox, number))];
        foreach (var system in stage.Model.Order)
            stage.Hub.Get<VendorBudget>().Limit(system, []);
        await stage.ReadEverythingAsync();
        var ids = await ApprovedAsync(stage, emails);
        var before = Calls(stage);

        await CompleteAsync(stage, ids);

        var calls = Calls(stage).ToDictionary(call => call.Key, call => call.Value - before.GetValueOrDefault(call.Key));
        var said = string.Join("; ", calls.Where(call => call.Value > 0).Select(call => $"{call.Key}: {call.Value}"));
        long Of(string call) => calls.GetValueOrDefault(call);
        Assert.True(Of("salesforce bulk.createJob") is > 0 and <= Few, said);
        Assert.True(Of("marketo leads.delete") is > 0 and <= Few, said);
        Assert.True(Of("zendesk users.destroyMany") is > 0 and <= Few, said);
        Assert.True(Of("hubspot contacts.gdprDelete") == People, said);
        Stage.None(stage.Violations());
        foreach (var id in ids)
            Assert.All(await stage.Hub.Get<PrivacyStore>().TasksAsync(id, Stage.Token), task => Assert.Equal((PrivacyTaskStatus.Done, ProofLevel.Sealed), (task.Status, task.Level)));
    }

    private static async Task<IReadOnlyList<RequestId>> ApprovedAsync(Stage stage, IReadOnlyList<string> emails)
    {
        var (submit, desk, store, ids) = (stage.Hub.Get<SubmitPrivacyRequest>(), stage.Hub.Get<RequestDesk>(), stage.Hub.Get<PrivacyStore>(), new List<RequestId>());
        foreach (var email in emails)
        {
            ids.AddRange(((SubmitAnswer.Taken)await submit.HandleAsync(new([PrivacyRequestKind.Erasure], new() { Emails = [email] }, "public", email), Stage.Token)).Requests);
            await desk.VerifyAsync(ids[^1], "code", "confirmed by code", Stage.Token);
        }
        foreach (var id in ids)
        {
            await stage.UntilAsync("the plan", async () => (await store.FindAsync(id, Stage.Token))!.Plan is not null);
            var plan = (await store.FindAsync(id, Stage.Token))!.Plan!;
            Assert.Equal(6, plan.Systems.Count);
            foreach (var officer in (string[])["olga", "omar"])
                await desk.ApproveAsync(id, officer, plan.Fingerprint, Stage.Token);
        }
        foreach (var id in ids)
            await stage.UntilAsync("the tasks", async () => (await store.FindAsync(id, Stage.Token))!.State.IsRunning());
        return ids;
    }

    /// <summary>Half days pass until all is over.</summary>
    private static async Task CompleteAsync(Stage stage, IReadOnlyList<RequestId> ids)
    {
        var open = ids.ToList();
        for (var day = 0; open.Count > 0; day++)
        {
            Assert.True(day < 40, $"{open.Count} are not complete.\n{stage.Log.Warnings}");
            stage.Time.Jump(TimeSpan.FromHours(12));
            await stage.Hub.Get<IEnumerable<ITimerHandler>>().OfType<PrivacyTimer>().Single().RunAsync(Stage.Token);
            await RestingAsync(stage);
            foreach (var id in open.ToArray())
                if ((await stage.Hub.Get<PrivacyStore>().FindAsync(id, Stage.Token))!.State == PrivacyRequestState.Complete)
                    open.Remove(id);
        }
    }

    /// <summary>No message could be taken now, and none is being handled.</summary>
    private static async Task RestingAsync(Stage stage)
    {
        var (queue, still) = (stage.Hub.Get<IMessageQueue>(), 0);
        await stage.UntilAsync("rest", async () =>
        {
            still = (await queue.PeekAsync(Queues.Privacy, 1, Stage.Token)).Count == 0 && stage.Sandbox.Vendors.Sum(vendor => vendor.WebhooksWaiting) == 0 ? still + 1 : 0;
            return still == 15;
        });
    }

    private static Dictionary<string, long> Calls(Stage stage) =>
        stage.Sandbox.Vendors.SelectMany(vendor => vendor.Stats.Operations.Select(operation => (Name: $"{vendor.Name} {operation.Operation}", operation.Calls))).ToDictionary(one => one.Name, one => one.Calls);

    private static SandboxOptions Unlimited(SandboxOptions options) => options with
    {
        Salesforce = options.Salesforce with { EnforceLimits = false },
        HubSpot = options.HubSpot with { EnforceLimits = false },
        Intercom = options.Intercom with { EnforceLimits = false },
        Others = [.. options.Others.Select(other => other with { EnforceLimits = false })],
    };
}
