using StackHub.Cli.CommandLine;
using StackHub.Cli.Hosting;
using StackHub.Cli.Output;
using StackHub.Records;
using StackHub.Routing;
using StackHub.Routing.Ledger;
using StackHub.Routing.Pools;
using StackHub.Rules;

namespace StackHub.Cli.Tests;

/// <summary>Why a lead went where it went, asked from the command line.</summary>
public sealed class WhyCommandTests(SyncedHub hub) : IClassFixture<SyncedHub>
{
    [Fact]
    public async Task Who_was_never_routed_is_said_to_be_so()
    {
        var answer = await hub.RunAsync("why", await hub.AnyAddressAsync());

        Assert.Equal(ExitCode.Problems, answer.ExitCode);
        Assert.Contains("never routed", answer.Out);
    }

    [Fact]
    public async Task A_lead_tells_what_was_considered_and_a_rep_why_it_is_not_theirs()
    {
        var lead = (await hub.RunAsync("records", "search", "@", "--kind", "person", "--take", "2", "--json")).Json.GetProperty("items")[1].GetProperty("id").GetString()!;
        await RouteAsync(RecordId.Parse(lead));

        var (all, bob, ann, zoe, json) = (await hub.RunAsync("why", lead), await hub.RunAsync("why", lead, "--owner", "bob"), await hub.RunAsync("why", lead, "--owner", "ann"), await hub.RunAsync("why", lead, "--owner", "zoe"), await hub.RunAsync("why", lead, "--json"));

        Assert.All(["ann, decided", "version v7", "not bob: away", "suppression: does not apply", "fallback: pool sales"], text => Assert.Contains(text, all.Out));
        Assert.Equal((ExitCode.Fine, true, true, true), (bob.ExitCode, bob.Out.Contains("Not bob: away.", StringComparison.Ordinal), ann.Out.Contains("ann was chosen.", StringComparison.Ordinal), zoe.Out.Contains("zoe never came up", StringComparison.Ordinal)));
        Assert.Equal("ann", json.Json[0].GetProperty("owner").GetString());
    }

    /// <summary>As the serving process does it, into the same store.</summary>
    private async Task RouteAsync(RecordId lead)
    {
        var plan = new RoutingPlan("v7", new([]), [new(new("ann")), new(new("bob")) { Away = [new(DateTimeOffset.MinValue, DateTimeOffset.MaxValue)] }], [new("sales", PickStrategy.Weighted, [new(new("ann"), 1), new(new("bob"), 1)])], []) { Fallback = new Destination.ToPool("sales") };
        await using var session = await HubSession.OpenAsync(new(hub.Config, hub.Data), work: false, Screen.For(new(TextWriter.Null, TextWriter.Null, Terminal: false), json: false, noColor: true), CancellationToken.None);
        await session.Get<LeadRouter>().RouteAsync(new(lead, Facts.Read(plan.Fields, _ => null)) { Company = "acme" }, plan, CancellationToken.None);
    }
}
