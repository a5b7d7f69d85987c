using System.Text.Json;
using StackHub.Cli.CommandLine;
using StackHub.Cli.Demo.Vendors;
using StackHub.Cli.Hosting;

namespace StackHub.Cli.Tests;

/// <summary>Commands on a hub of fifty people that was synced by the command line itself.</summary>
public sealed class HubCommandsTests(SyncedHub hub) : IClassFixture<SyncedHub>
{
    [Fact]
    public void A_plan_before_the_approval_counts_and_says_why()
    {
        Assert.Contains("Create", hub.Planned.Out);
        Assert.Contains("->", hub.Planned.Out);
        Assert.Contains("said so", hub.Planned.Out);
        Assert.Contains(hub.Planned.ExitCode, new[] { ExitCode.Fine, ExitCode.Problems });
    }

    [Fact]
    public void A_sync_without_approval_writes_nothing_and_says_how_to_approve()
    {
        Assert.Equal(ExitCode.Problems, hub.Unapproved.ExitCode);
        Assert.Contains("sync --approve", hub.Unapproved.Error);
    }

    [Fact]
    public void An_approved_sync_empties_every_outbox()
    {
        var written = hub.Approved.Json.GetProperty("written").EnumerateArray().ToArray();

        Assert.Equal(DemoVendors.All.Select(vendor => vendor.Name).Order(), written.Select(system => system.GetProperty("system").GetString()));
        Assert.All(written, system => Assert.Equal(0, system.GetProperty("waiting").GetInt32()));
        Assert.All(written, system => Assert.True(system.GetProperty("created").GetInt64() + system.GetProperty("updated").GetInt64() > 0));
    }

    [Fact]
    public void A_backfill_says_what_it_read_and_that_it_wrote_nothing()
    {
        Assert.Equal(ExitCode.Fine, hub.Backfilled.ExitCode);
        Assert.Contains("Nothing was written", hub.Backfilled.Out);
        Assert.Contains("Reading salesforce", hub.Backfilled.Out);
    }

    [Fact]
    public async Task The_keys_of_receipts_are_published_and_stay_the_same()
    {
        var first = await hub.RunAsync("privacy", "receipt", "keys");

        Assert.Equal("P-256", first.Json.GetProperty("keys")[0].GetProperty("crv").GetString());
        Assert.DoesNotContain("\"d\"", first.Out);
        Assert.Equal(first.Out, (await hub.RunAsync("privacy", "receipt", "keys")).Out);
    }

    [Fact]
    public async Task A_second_sync_has_nothing_to_create()
    {
        var answer = await hub.RunAsync("sync", "--json");

        Assert.All(answer.Json.GetProperty("written").EnumerateArray(), system => Assert.Equal(0, system.GetProperty("created").GetInt64()));
    }

    [Fact]
    public async Task Explain_tells_values_sources_and_what_each_tool_holds()
    {
        var email = await hub.AnyAddressAsync();

        var answer = await hub.RunAsync("explain", email);

        Assert.Equal(ExitCode.Fine, answer.ExitCode);
        Assert.Contains("Said by", answer.Out);
        Assert.Contains("has it", answer.Out);
    }

    [Theory]
    [InlineData(40)]
    [InlineData(60)]
    [InlineData(80)]
    [InlineData(160)]
    public async Task Explain_fits_the_terminal(int width)
    {
        var email = await hub.AnyAddressAsync();

        var answer = await Cli.RunAsync(width, ["explain", email, .. hub.Where]);

        Assert.Equal(ExitCode.Fine, answer.ExitCode);
        Assert.All(answer.Out.Split('\n'), line => Assert.True(line.TrimEnd().Length <= width, line));
        Assert.Contains("email", answer.Out);
    }

    [Fact]
    public async Task Explain_as_json_is_what_the_api_answers()
    {
        var answer = await hub.RunAsync("explain", await hub.AnyAddressAsync(), "--json");

        Assert.Equal("person", answer.Json.GetProperty("kind").GetString());
        Assert.True(answer.Json.GetProperty("fields").GetArrayLength() > 3);
    }

    [Theory]
    [InlineData("explain nobody@nowhere.example")]
    [InlineData("explain nonsense")]
    [InlineData("records search zzzzzzzzzz")]
    [InlineData("plan --system nope")]
    [InlineData("approve nope")]
    [InlineData("merges undo 01a2056be11c73deb2d0e74db2818caa")]
    [InlineData("merges undo x")]
    [InlineData("conflicts close x/y")]
    [InlineData("conflicts merge x")]
    [InlineData("dead-letters replay x")]
    [InlineData("keys revoke x")]
    public async Task What_is_not_there_is_exit_code_4_and_a_sentence(string line)
    {
        var answer = await hub.RunAsync(line.Split(' '));

        Assert.Equal(ExitCode.NotFound, answer.ExitCode);
        Assert.NotEmpty(answer.Error);
        Assert.DoesNotContain("   at ", answer.Error);
    }

    [Theory]
    [InlineData("plan")]
    [InlineData("status")]
    [InlineData("doctor")]
    [InlineData("poll")]
    [InlineData("reconcile")]
    [InlineData("backfill")]
    [InlineData("merges list")]
    [InlineData("conflicts list")]
    [InlineData("dead-letters list")]
    [InlineData("dead-letters replay --all")]
    [InlineData("keys list")]
    [InlineData("records search a")]
    public async Task Every_result_is_one_json_document(string line)
    {
        var answer = await hub.RunAsync([.. line.Split(' '), "--json"]);

        Assert.Contains(answer.Json.ValueKind, new[] { JsonValueKind.Object, JsonValueKind.Array });
        Assert.Contains(answer.ExitCode, new[] { ExitCode.Fine, ExitCode.Problems });
    }

    [Theory]
    [InlineData("plan")]
    [InlineData("status")]
    [InlineData("doctor")]
    [InlineData("merges list")]
    [InlineData("conflicts list")]
    [InlineData("dead-letters list")]
    [InlineData("records search a")]
    [InlineData("connectors list")]
    public async Task Every_list_is_readable_in_a_narrow_terminal(string line)
    {
        var answer = await Cli.RunAsync(50, [.. line.Split(' '), .. hub.Where]);

        Assert.NotEmpty(answer.Out);
        Assert.DoesNotContain("   at ", answer.Error);
        Assert.Contains(answer.ExitCode, new[] { ExitCode.Fine, ExitCode.Problems });
    }

    [Fact]
    public async Task A_pause_is_shown_and_a_resume_ends_it()
    {
        await hub.RunAsync("pause", "hubspot", "--reason", "spring cleaning");
        var paused = await hub.RunAsync("status");
        await hub.RunAsync("resume", "hubspot");
        var resumed = await hub.RunAsync("status", "--json");

        Assert.Contains("spring cleaning", paused.Out.Replace("\n", " "));
        Assert.All(resumed.Json.GetProperty("systems").EnumerateArray(), system => Assert.False(system.GetProperty("system").TryGetProperty("paused", out _)));
    }

    [Fact]
    public async Task A_key_is_shown_once_and_can_be_revoked()
    {
        var added = await hub.RunAsync("keys", "add", "dashboard", "--role", "viewer", "--json");
        var id = added.Json.GetProperty("id").GetString()!;
        var revoked = await hub.RunAsync("keys", "revoke", id);
        var listed = await hub.RunAsync("keys", "list", "--json");

        Assert.StartsWith("shk_", added.Json.GetProperty("secret").GetString());
        Assert.Equal(ExitCode.Fine, revoked.ExitCode);
        Assert.DoesNotContain("secret", listed.Out);
        Assert.Contains("revokedAt", listed.Out);
    }

    [Fact]
    public async Task A_merge_is_listed_and_undone_and_a_conflict_is_merged_by_a_person()
    {
        var conflict = (await hub.RunAsync("conflicts", "list", "--json")).Json.GetProperty("items").EnumerateArray().First(item => item.GetProperty("kind").GetString() == "possible-duplicate");

        var merged = await hub.RunAsync("conflicts", "merge", conflict.GetProperty("id").GetString()!);
        var listed = await hub.RunAsync("merges", "list", "--json");
        var loser = listed.Json.GetProperty("items").EnumerateArray().First(item => item.GetProperty("reason").GetString() == "decided by a person").GetProperty("loser").GetString()!;
        var undone = await hub.RunAsync("merges", "undo", loser);

        Assert.Equal(ExitCode.Fine, merged.ExitCode);
        Assert.Equal(ExitCode.Fine, undone.ExitCode);
    }

    [Fact]
    public async Task Commands_that_look_work_beside_a_serving_process_and_a_second_server_is_refused()
    {
        using var served = DataFolderLock.TryTake(hub.Data);

        var status = await hub.RunAsync("status", "--json");
        var second = await hub.RunAsync("serve", "--urls", "http://127.0.0.1:0");

        Assert.True(status.Json.GetProperty("served").GetBoolean());
        Assert.Equal(ExitCode.BadUsage, second.ExitCode);
        Assert.Contains("already serves", second.Error);
    }

    [Fact]
    public async Task Serve_says_where_it_listens_prints_the_first_key_and_stops_in_time()
    {
        using var stop = new CancellationTokenSource();
        using var output = new StringWriter();
        var shared = TextWriter.Synchronized(output);
        string Said()
        {
            lock (shared)
                return output.ToString();
        }

        var serving = CommandRunner.RunAsync(["serve", "--urls", "http://127.0.0.1:0", "--config", hub.Config, "--data", hub.Fresh], new(shared, shared, Terminal: false), stop.Token);
        while (!Said().Contains("listening on http://127.0.0.1:", StringComparison.Ordinal) && !serving.IsCompleted)
            await Task.Delay(20);

        await stop.CancelAsync();
        var exitCode = await serving.WaitAsync(TimeSpan.FromSeconds(10));

        Assert.Equal(ExitCode.Fine, exitCode);
        Assert.Contains("shk_", Said());
    }
}
