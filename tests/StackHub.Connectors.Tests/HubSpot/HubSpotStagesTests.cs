using System.Net;
using System.Text.Json.Nodes;
using StackHub.Connecting;
using StackHub.Connectors.HubSpot;
using StackHub.Mapping;
using StackHub.Records;
using StackHub.Testing.Connecting;

namespace StackHub.Connectors.Tests.HubSpot;

/// <summary>Stages that are written and looked at (facts, scenario 2): against the simulated portal in both its moods, and against a vendor who never gives in.</summary>
public sealed class HubSpotStagesTests : IDisposable
{
    private readonly FakeTokens tokens = new();
    private readonly List<string> calls = [];
    private int contacts;

    public void Dispose() => tokens.Dispose();

    [Fact]
    public async Task Scenario_02_a_portal_that_ignores_a_backward_stage_is_read_cleared_set_and_read_again_in_separate_calls()
    {
        await using var portal = await HubSpotUnderTest.StartAsync();
        var id = Contact(portal, "opportunity");

        var outcomes = await Connect(portal).WriteAsync("contacts", [Write(id, "lead")], default);

        Assert.Equal(["contacts.update", "contacts.get", "contacts.update", "contacts.update", "contacts.get"], calls);
        Assert.Equal("lead", Assert.IsType<WriteOutcome.Stored>(Assert.Single(outcomes)).Values!["lifecyclestage"]);
        Assert.Equal("lead", await StageAsync(portal, id));
    }

    [Fact]
    public async Task Scenario_02_a_portal_that_takes_any_stage_is_written_and_read_once()
    {
        await using var portal = await HubSpotUnderTest.StartAsync(new HubSpotUnderTest { Portal = new() { EnforceLimits = false, AcceptsStageRegressions = true } });
        var id = Contact(portal, "opportunity");

        var outcomes = await Connect(portal).WriteAsync("contacts", [Write(id, "lead")], default);

        Assert.Equal(["contacts.update", "contacts.get"], calls);
        Assert.Equal("lead", Assert.IsType<WriteOutcome.Stored>(Assert.Single(outcomes)).Values!["lifecyclestage"]);
    }

    [Fact]
    public async Task Scenario_02_the_calls_say_lead_nothing_lead_and_none_is_a_batch()
    {
        var stage = "opportunity";
        var vendor = new FakeVendor(request =>
        {
            if (request.Body.Length == 0)
                return Held(stage);
            var wanted = (string)JsonNode.Parse(request.Body)!["properties"]!["lifecyclestage"]!;
            stage = wanted.Length == 0 || stage.Length == 0 ? wanted : stage;
            return new HttpResponseMessage(HttpStatusCode.NoContent);
        });

        await Connect(vendor).WriteAsync("contacts", [Write("5", "lead")], default);

        Assert.Equal(["lead", "(read)", "", "lead", "(read)"], vendor.Sent.Select(sent => sent.Body.Length == 0 ? "(read)" : (string)JsonNode.Parse(sent.Body)!["properties"]!["lifecyclestage"]!));
        Assert.DoesNotContain(vendor.Sent, sent => sent.Path.Contains("batch", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_stage_that_is_never_shown_is_refused_as_a_rejected_projection_and_the_rest_is_stored()
    {
        var vendor = new FakeVendor(request => request.Path.Contains("batch/update", StringComparison.Ordinal) ? FakeVendor.Ok("""{"results":[{"id":"5","properties":{"firstname":"Ada"}}]}""")
            : request.Body.Length == 0 ? Held("customer") : new HttpResponseMessage(HttpStatusCode.NoContent));

        var outcomes = await Connect(vendor).WriteAsync("contacts", [Write("5", "lead") with { Fields = [new("firstname", FieldType.Text, new("Ada")), new("lifecyclestage", FieldType.Choice, new("lead"))] }], default);

        var refused = Assert.IsType<WriteOutcome.Refused>(Assert.Single(outcomes));
        Assert.Equal(("PROJECTION_REJECTED", "lifecyclestage"), (refused.Code, refused.VendorField));
        Assert.DoesNotContain("lifecyclestage", vendor.Sent[0].Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_many_stages_only_those_that_a_batch_did_not_move_go_one_by_one()
    {
        await using var portal = await HubSpotUnderTest.StartAsync();
        var forward = Enumerable.Range(0, 11).Select(_ => Contact(portal, "subscriber")).ToArray();
        var backward = Contact(portal, "customer");

        var outcomes = await Connect(portal).WriteAsync("contacts", [.. forward.Append(backward).Select(id => Write(id, "lead"))], default);

        Assert.Equal(["contacts.batchUpdate", "contacts.batchRead", "contacts.update", "contacts.get", "contacts.update", "contacts.update", "contacts.get"], calls);
        Assert.All(outcomes, outcome => Assert.Equal("lead", Assert.IsType<WriteOutcome.Stored>(outcome).Values!["lifecyclestage"]));
    }

    private string Contact(HubSpotUnderTest portal, string stage) =>
        portal.Seed("contacts", new Dictionary<string, string?> { ["email"] = $"p{++contacts}@example.com", ["lifecyclestage"] = stage });

    private static RecordWrite Write(string id, string stage) =>
        new(new RecordId(new Guid(1, 0, 0, new byte[8])), "contacts", [new("lifecyclestage", FieldType.Choice, new(stage))]) { Target = id };

    private IConnector Connect(HubSpotUnderTest portal) => portal.Connect(new FakeBudget(TimeProvider.System), tokens, (call, _) =>
    {
        if (!call.StartsWith("oauth", StringComparison.Ordinal))
            calls.Add(call);
    });

    private IConnector Connect(FakeVendor vendor) => new HubSpotFactory { Transport = vendor }.Create(new ConnectorContext(
        new SystemId("hubspot"), new Dictionary<string, string> { ["accessToken"] = "t" }, new FakeBudget(TimeProvider.System), tokens, TimeProvider.System));

    private async Task<string?> StageAsync(HubSpotUnderTest portal, string id) =>
        Assert.IsType<Change.Seen>(Assert.Single(await Connect(portal).ReadAsync("contacts", ["lifecyclestage"], [id], default))).Record.Fields["lifecyclestage"].Text;

    private static HttpResponseMessage Held(string stage) => FakeVendor.Ok(new JsonObject { ["id"] = "5", ["properties"] = new JsonObject { ["lifecyclestage"] = stage } }.ToJsonString());
}
