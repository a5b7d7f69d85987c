using StackHub.EndToEnd.Tests.Staging;
using StackHub.Flows;
using StackHub.Privacy;
using StackHub.Privacy.Consent;
using StackHub.Privacy.Evidence;
using StackHub.Privacy.Receipts;
using StackHub.Privacy.Tasks;
using StackHub.Records;
using StackHub.Sandbox.Vendors.Klaviyo;
using StackHub.Sandbox.Vendors.Zendesk;
using StackHub.Sync.Runs;
using StackHub.Testing.Telemetry;

namespace StackHub.EndToEnd.Tests;

/// <summary>One person in all six tools, erased by the engine on the real connectors while things go wrong, and looked for afterwards everywhere.</summary>
public sealed class ErasureTests
{
    /// <summary>Every flow has something to do with everybody.</summary>
    private const string Flows = """

        privacy:
          purposes:
            newsletter: { use: direct-marketing, channel: email, flag: emailOptOut, fields: { marketo: [title] } }
        lifecycle:
          hours: { zone: Europe/Berlin, weekdays: 09:00-17:00 }
          systems:
            hubspot: { authority: map, stages: { lead: inquiry, marketingqualifiedlead: mql } }
        routing:
          owners:
            ann: { ids: { salesforce: 005Hx0000000001IAA } }
          pools:
            sales: { strategy: load, members: { ann: 1 } }
          fallback: pool sales
        """;

    /// <summary>A vendor that throttles at every fourth look is only looked at for longer.</summary>
    private const int MostThrottles = 24;

    public enum Trouble
    {
        None,
        Throttled,
        Failing,
        Lost,
        Crashing,
        Returning,
    }

    [Theory]
    [InlineData(Trouble.None)]
    [InlineData(Trouble.Throttled)]
    [InlineData(Trouble.Failing)]
    [InlineData(Trouble.Lost)]
    [InlineData(Trouble.Crashing)]
    [InlineData(Trouble.Returning)]
    public async Task Somebody_in_all_six_tools_is_gone_from_everywhere_and_the_receipt_still_verifies(Trouble trouble)
    {
        var mortality = trouble == Trouble.Crashing ? new Mortality() : null;
        using var heard = new Overheard();
        await using var stage = await SyncedAsync(mortality);
        var erasures = new Erasures(stage, mortality);
        var person = (await CanaryPerson.FindAsync(stage))!;
        LinkedRecord[] links = [.. person.Links.Where(link => link.Ref.System != HubAuthor.System)];
        Assert.Equal(6, links.Select(link => link.Ref.System).Distinct().Count());
        Assert.Equal(6, (await CanaryPerson.InToolsAsync(stage)).Count);
        Assert.Contains(await CanaryPerson.KeptAsync(stage), CanaryPerson.Shows); // or the search below would be blind

        await stage.Hub.Get<RecordConsent>().RecordAsync(new() { Email = CanaryPerson.Email }, [new("newsletter", IsOptIn: false, ConsentBasis.Withdrawal, stage.Time.GetUtcNow()) { Proof = $"letter of {CanaryPerson.First} {CanaryPerson.Last}" }], Stage.Token);
        await stage.QuietAsync();

        var id = await erasures.ApprovedAsync(CanaryPerson.Email);
        await erasures.CompleteAsync(id, jump => Rage(stage, trouble, jump));
        Calm(stage);
        if (mortality is not null)
            Assert.Equal(7, mortality.Deaths.Count); // six tools and the hub's own copies
        if (trouble == Trouble.Returning)
            await ReturnEverywhereAsync(stage, erasures, id);

        await PollAsync(stage);
        Stage.None(await CanaryPerson.InToolsAsync(stage));
        Stage.None([.. links.Where(link => CanaryPerson.Shows(stage.Vendor(link.Ref.System.Name).Read(link.Ref.ObjectType, link.Ref.Id)?.ToJsonString())).Select(link => $"{link.Ref} is still there")]);
        Stage.None([.. (await CanaryPerson.KeptAsync(stage)).Where(CanaryPerson.Shows).Select(kept => kept[..Math.Min(160, kept.Length)])]);
        Stage.None([.. stage.Log.Lines.Where(CanaryPerson.Shows)]);
        Stage.None([.. heard.Texts.Where(CanaryPerson.Shows)]);
        await AssertReceiptAsync(stage, id);
        if (trouble == Trouble.Throttled)
            Stage.None([.. stage.Violations().Where(violation => !violation.StartsWith("marketo: retry-after", StringComparison.Ordinal))]); // Marketo never says how long
    }

    /// <summary>Once everything is sealed they are made anew in each tool: all six are caught, each with the event that brought them, and erased again.</summary>
    private static async Task ReturnEverywhereAsync(Stage stage, Erasures erasures, RequestId id)
    {
        var returned = new Dictionary<string, string>();
        foreach (var system in stage.Model.Order)
        {
            stage.Time.Jump(TimeSpan.FromMinutes(1));
            var (type, made) = CanaryPerson.Create(stage.Vendor(system.Name), again: true);
            returned[system.Name] = $"{type}/{made}";
        }
        Assert.Equal(6, (await CanaryPerson.InToolsAsync(stage)).Count);

        await PollAsync(stage);
        await stage.UntilAsync("all returns", async () =>
        {
            foreach (var system in stage.Model.Order)
                if ((await erasures.TaskAsync(id, system.Name)).Resurrections.Count == 0)
                    return false;
            return true;
        });
        Assert.NotEqual(PrivacyRequestState.Complete, (await erasures.RequestAsync(id)).State);
        await erasures.CompleteAsync(id);

        foreach (var (system, record) in returned)
        {
            var task = await erasures.TaskAsync(id, system);
            var back = Assert.Single(task.Resurrections);
            Assert.Equal(record, $"{back.ObjectType}/{back.Id}");
            Assert.StartsWith($"{system} sent {record} of ", back.Cause, StringComparison.Ordinal);
            Assert.Equal(PrivacyTaskStatus.Done, task.Status);
        }
    }

    private static async Task AssertReceiptAsync(Stage stage, RequestId id)
    {
        var receipt = (await stage.Hub.Get<RequestReceipts>().FindAsync(id, Stage.Token))!;
        var keys = await stage.Hub.Get<ReceiptSigner>().PublicKeysAsync(Stage.Token);
        var valid = Assert.IsType<ReceiptVerdict.Valid>(ReceiptVerifier.Verify(receipt, keys));
        Assert.True(valid.Trusted);
        Assert.Equal("complete", valid.Content.Outcome);
        Assert.Equal([.. stage.Model.Order.Select(system => system.Name).Append("stackhub").Order(StringComparer.Ordinal)], valid.Content.Systems.Select(system => system.System).Order(StringComparer.Ordinal));
        Assert.All(valid.Content.Systems, system => Assert.Equal("sealed", system.Level));
        var verdict = await stage.Hub.Get<EvidenceLedger>().CheckAsync(id.ToString(), valid.Content.Ledger, Stage.Token);
        Assert.True(verdict.Intact, string.Join(", ", verdict.Faults));
    }

    private static void Rage(Stage stage, Trouble trouble, int jump)
    {
        foreach (var vendor in stage.Sandbox.Vendors)
        {
            if (trouble == Trouble.Throttled && jump % 4 == 0 && jump < MostThrottles)
                vendor.Faults.ThrottleNext(TimeSpan.FromMinutes(3));
            vendor.Faults.ServerErrors = trouble == Trouble.Failing ? 0.3 : 0;
            vendor.Faults.DropAfter = trouble == Trouble.Lost ? 0.3 : 0;
        }
    }

    private static void Calm(Stage stage)
    {
        foreach (var vendor in stage.Sandbox.Vendors)
            vendor.Faults.Clear();
    }

    /// <summary>What no webhook told, the feeds tell, and everything it led to is over.</summary>
    private static async Task PollAsync(Stage stage)
    {
        stage.Time.Jump(TimeSpan.FromMinutes(10));
        foreach (var system in stage.Model.Order)
            await Stage.PatientlyAsync(() => stage.Hub.Get<Poll>().RunAsync(system, Stage.Token));
        await stage.QuietAsync();
    }

    private static async Task<Stage> SyncedAsync(Mortality? mortality)
    {
        var stage = await Stage.StartAsync(new()
        {
            People = 12,
            Configuration = text => text + Flows,
            Services = services => mortality?.Into(services),
            Vendors = options => (options with
            {
                Salesforce = options.Salesforce with { PurgeTime = TimeSpan.FromDays(1) },
                HubSpot = options.HubSpot with { ErasureTime = TimeSpan.FromDays(2) },
            })
            .With<KlaviyoOptions>(klaviyo => klaviyo with { DeletionTime = TimeSpan.FromDays(1) })
            .With<ZendeskOptions>(zendesk => zendesk with { ErasureTimes = new Dictionary<string, TimeSpan> { ["support"] = TimeSpan.FromMinutes(1), ["chat"] = TimeSpan.FromDays(3) } }),
        });
        CanaryPerson.Create(stage.Sandbox.Salesforce);
        await stage.OnboardAsync();
        await stage.SyncAsync();
        await PollAsync(stage);
        return stage;
    }
}
