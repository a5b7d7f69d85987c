using StackHub.Cli.CommandLine;

namespace StackHub.Cli.Tests;

/// <summary>Privacy requests from filing to approval, on a hub that the command line synced.</summary>
public sealed class PrivacyCommandTests(SyncedHub hub) : IClassFixture<SyncedHub>
{
    [Fact]
    public async Task A_request_is_filed_shown_planned_and_approved_by_somebody_else()
    {
        var email = await hub.AnyAddressAsync();
        var filed = await hub.RunAsync("privacy", "submit", "--kind", "erasure", "--email", email, "--place", "DE", "--verified", "by phone", "--as", "olga", "--json");
        var id = filed.Json.GetProperty("requests")[0].GetString()!;

        var plan = await hub.RunAsync("privacy", "plan", id, "--json");
        var screen = await hub.RunAsync("privacy", "plan", id);
        var own = await hub.RunAsync("privacy", "approve", id, "--plan", plan.Json.GetProperty("fingerprint").GetString()!, "--as", "olga");
        var approved = await hub.RunAsync("privacy", "approve", id, "--plan", plan.Json.GetProperty("fingerprint").GetString()!, "--as", "omar");
        var shown = await hub.RunAsync("privacy", "show", id);

        Assert.Equal(ExitCode.Fine, plan.ExitCode);
        Assert.NotEmpty(plan.Json.GetProperty("items").EnumerateArray());
        Assert.Contains(plan.Json.GetProperty("fingerprint").GetString()!, screen.Out, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Problems, own.ExitCode);
        Assert.Contains("never approves", own.Error, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Fine, approved.ExitCode);
        Assert.Contains("Art. 12(3)", shown.Out.Replace("\n", " ", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_same_key_files_once()
    {
        string[] line = ["privacy", "submit", "-k", "access", "--email", "grace@hopper.example", "--key", "letter-7", "--json"];

        Assert.Equal((await hub.RunAsync(line)).Out, (await hub.RunAsync(line)).Out);
    }

    [Fact]
    public async Task A_denial_needs_no_plan_and_has_a_receipt_that_verifies()
    {
        var id = (await hub.RunAsync("privacy", "submit", "-k", "erasure", "--email", "denied@one.example", "--law", "us-ca-ccpa/US-CA", "--json")).Json.GetProperty("requests")[0].GetString()!;
        var early = await hub.RunAsync("privacy", "receipt", "get", id);
        var denied = await hub.RunAsync("privacy", "deny", id, "--ground", "1798.105(d)(1)", "--appeal", "Write to us.");
        var receipt = await hub.RunAsync("privacy", "receipt", "get", id);
        using var folder = new TryFolder();
        var verified = await hub.RunAsync("privacy", "receipt", "verify", folder.Write("receipt.jws", receipt.Out));

        Assert.Equal((ExitCode.Problems, ExitCode.Fine, ExitCode.Fine, ExitCode.Fine), (early.ExitCode, denied.ExitCode, receipt.ExitCode, verified.ExitCode));
        Assert.Contains("erasure", (await hub.RunAsync("privacy", "metrics", "--json")).Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_list_is_tried_dry_then_filed_and_its_bad_rows_are_named()
    {
        using var folder = new TryFolder();
        var file = folder.Write("requests.csv", "kind,Contact,place\nerasure,bulk@one.example,DE\nforget,two@one.example,DE\n");

        var unmapped = await hub.RunAsync("privacy", "bulk", file, "--dry-run");
        var dry = await hub.RunAsync("privacy", "bulk", file, "--map", "email=Contact", "--dry-run");
        var filed = await hub.RunAsync("privacy", "bulk", file, "--map", "email=Contact", "--json");
        var again = await hub.RunAsync("privacy", "bulk", file, "--map", "email=Contact", "--json");

        Assert.Equal((ExitCode.BadUsage, ExitCode.Problems, ExitCode.Problems), (unmapped.ExitCode, dry.ExitCode, filed.ExitCode));
        Assert.Contains("Nothing was", dry.Out, StringComparison.Ordinal);
        Assert.Equal(3, filed.Json.GetProperty("bad")[0].GetProperty("line").GetInt32());
        Assert.Equal(filed.Out, again.Out);
        Assert.DoesNotContain("two@one.example", dry.Out + filed.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_hold_is_placed_once_listed_and_lifted()
    {
        string[] line = ["privacy", "hold", "place", "--email", "held@one.example", "--ground", "claim 12/2026", "--json"];
        var first = await hub.RunAsync(line);
        var id = first.Json.GetProperty("ids")[0].GetString()!;

        Assert.Equal(first.Out, (await hub.RunAsync(line)).Out);
        Assert.Contains("claim 12/2026", (await hub.RunAsync("privacy", "hold", "list")).Out, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Fine, (await hub.RunAsync("privacy", "hold", "lift", id)).ExitCode);
        Assert.DoesNotContain("held@one.example", (await hub.RunAsync("privacy", "hold", "list", "--json")).Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("privacy list")]
    [InlineData("privacy capabilities")]
    [InlineData("privacy metrics")]
    [InlineData("privacy laws")]
    [InlineData("privacy hold list")]
    public async Task Every_list_is_one_json_document_and_readable_in_a_narrow_terminal(string line)
    {
        var json = await hub.RunAsync([.. line.Split(' '), "--json"]);
        var narrow = await Cli.RunAsync(50, [.. line.Split(' '), .. hub.Where]);

        Assert.Contains(json.Json.ValueKind, new[] { System.Text.Json.JsonValueKind.Object, System.Text.Json.JsonValueKind.Array });
        Assert.NotEmpty(narrow.Out);
        Assert.DoesNotContain("   at ", narrow.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("privacy show 0123456789abcdef0123456789abcdef")]
    [InlineData("privacy show x")]
    [InlineData("privacy plan 0123456789abcdef0123456789abcdef")]
    [InlineData("privacy verify 0123456789abcdef0123456789abcdef --reason x")]
    [InlineData("privacy extend 0123456789abcdef0123456789abcdef --law eu-gdpr/DE --reason x")]
    [InlineData("privacy receipt get x")]
    [InlineData("privacy hold lift x/y")]
    [InlineData("privacy bulk nowhere.csv")]
    public async Task What_is_not_there_is_exit_code_4_and_a_sentence(string line)
    {
        var answer = await hub.RunAsync(line.Split(' '));

        Assert.Equal(ExitCode.NotFound, answer.ExitCode);
        Assert.NotEmpty(answer.Error);
        Assert.DoesNotContain("   at ", answer.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("privacy submit --kind forget --email a@one.example")]
    [InlineData("privacy submit --kind erasure --email nonsense")]
    [InlineData("privacy submit --kind erasure")]
    [InlineData("privacy submit --kind erasure --email a@one.example --place XX")]
    [InlineData("privacy submit --kind erasure --email a@one.example --received yesterday")]
    [InlineData("privacy metrics --year 12")]
    public async Task Bad_usage_is_exit_code_2(string line) => Assert.Equal(ExitCode.BadUsage, (await hub.RunAsync(line.Split(' '))).ExitCode);
}
