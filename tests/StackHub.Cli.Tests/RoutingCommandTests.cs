using StackHub.Cli.CommandLine;

namespace StackHub.Cli.Tests;

/// <summary>Leads moved by hand, and what would have to change, from the command line: the synced hub with rules of its own.</summary>
public sealed class RoutingCommandTests(SyncedHub hub) : IClassFixture<SyncedHub>
{
    [Fact]
    public async Task A_person_is_given_to_an_owner_by_hand_and_why_tells_who_did_it()
    {
        var person = await AnyPersonAsync(5);

        var refused = await RunAsync("routing", "reroute", person, "--reason", "bob is ill");
        var taken = await RunAsync("routing", "reroute", person, "--to", "sam", "--reason", "met at the trade fair", "--as", "olga"); // Salesforce's owner was not read until now
        var moved = await RunAsync("routing", "reroute", person, "--to", "sam", "--reason", "met at the trade fair", "--as", "olga");
        var again = await RunAsync("routing", "reroute", person, "--to", "sam", "--reason", "met at the trade fair", "--as", "olga");
        var why = await RunAsync("why", person);

        Assert.Equal((ExitCode.Problems, ExitCode.Problems, ExitCode.Fine, ExitCode.Fine), (refused.ExitCode, taken.ExitCode, moved.ExitCode, again.ExitCode));
        Assert.Contains("Somebody owns the lead in a tool", taken.Error);
        Assert.Contains("no lead by the rules", refused.Error);
        Assert.Contains("The lead is sam's now", moved.Out);
        Assert.Contains("by hand, cli:olga: met at the trade fair", why.Out);
        Assert.Equal((1, 0), (Count(why.Out, " routing 4, version"), Count(why.Out, " routing 5, version"))); // twice the order and what came of it, and nothing by the third
    }

    [Fact]
    public async Task Nobody_is_moved_without_a_reason_that_is_about_nobody_nor_to_somebody_unknown_nor_released_who_does_not_wait()
    {
        var person = await AnyPersonAsync(6);

        var (address, stranger, free) = (await RunAsync("routing", "reroute", person, "--to", "sam", "--reason", "ask ada@example.com"), await RunAsync("routing", "reroute", person, "--to", "zoe", "--reason", "why"), await RunAsync("routing", "release", person, "--reason", "why"));

        Assert.Equal((ExitCode.BadUsage, ExitCode.Problems, ExitCode.Problems), (address.ExitCode, stranger.ExitCode, free.ExitCode));
        Assert.Contains("There is no such owner", stranger.Error);
        Assert.Contains("The lead does not wait", free.Error);
        Assert.Contains("Nobody waits for an owner.", (await RunAsync("routing", "held")).Out);
    }

    [Fact]
    public async Task What_would_have_to_change_is_told_for_a_pool_and_a_rep()
    {
        var person = await AnyPersonAsync(7);

        var (pool, rep, json, unknown) = (await RunAsync("why", person, "--pool", "inbound"), await RunAsync("why", person, "--owner", "hannah"), await RunAsync("why", person, "--pool", "europe", "--json"), await RunAsync("why", person, "--pool", "mars"));

        Assert.Contains("would have to change", pool.Out);
        Assert.Contains("lead: lifecycleStage is mql", pool.Out);
        Assert.Contains("For owner hannah to get it now", rep.Out);
        Assert.Equal(("pool europe", "europe"), (json.Json.GetProperty("for").GetString(), json.Json.GetProperty("ways")[0].GetProperty("by").GetString()));
        Assert.Contains("There is no pool mars", unknown.Error);
    }

    [Fact]
    public async Task An_override_is_proposed_for_whoever_was_ruled_out_and_for_nobody_else()
    {
        var person = await AnyPersonAsync(8);

        var (nobody, none, unknown) = (await RunAsync("lifecycle", "override", "propose", person, "--reason", "founded a company", "--as", "ann"), await RunAsync("lifecycle", "override", "list"), await RunAsync("lifecycle", "override", "approve", "nothing", "--reason", "seen in the register", "--as", "max"));

        Assert.Equal((ExitCode.Problems, ExitCode.Fine), (nobody.ExitCode, none.ExitCode));
        Assert.Contains("There are no overrides.", none.Out);
        Assert.Contains("There is no override 'nothing'", unknown.Error);
    }

    [Fact]
    public async Task Connectors_say_what_they_know_of_owners()
    {
        var answer = await hub.RunAsync("connectors", "list");

        Assert.All(["contacts by owner_id; companies have no owner", "tickets are not synced", "the hub sets it in the CRM", "profiles have no owner"], text => Assert.Contains(text, string.Join(' ', answer.Out.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))));
    }

    private const string Rules = """

        lifecycle:
          systems:
            salesforce: { authority: crm, field: leadStatus, project: none }
            hubspot: { authority: map, project: none }
        routing:
          owners:
            sam: { ids: { salesforce: 005000000000001AAA } }
            hannah: { ids: { salesforce: 005000000000002AAA } }
          pools:
            inbound: { members: { sam: 5, hannah: 1 } }
            europe: { members: { hannah: 1 } }
          rules:
            - { name: europe, when: { field: country, in: [Germany, France] }, to: pool europe }
          fallback: pool inbound
        """;

    private async Task<CliAnswer> RunAsync(params string[] args)
    {
        var config = Path.Combine(Path.GetDirectoryName(hub.Config)!, "routing.yaml");
        if (!File.Exists(config))
            await File.WriteAllTextAsync(config, await File.ReadAllTextAsync(hub.Config) + Rules);
        return await Cli.RunAsync([.. args, "--config", config, "--data", hub.Data]);
    }

    /// <summary>Somebody who may be written to; the same each time, as ids are random and addresses are not.</summary>
    private async Task<string> AnyPersonAsync(int place) =>
        (await hub.RunAsync("records", "search", "@", "--kind", "person", "--take", "100", "--json")).Json.GetProperty("items").EnumerateArray()
            .Where(person => !person.GetProperty("values").TryGetProperty("emailOptOut", out var isOut) || isOut.GetString() != "true")
            .OrderBy(person => person.GetProperty("values").GetProperty("email").GetString(), StringComparer.Ordinal).ElementAt(place).GetProperty("id").GetString()!;

    private static int Count(string text, string part) => text.Split(part).Length - 1;
}
