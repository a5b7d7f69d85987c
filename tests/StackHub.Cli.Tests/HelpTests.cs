using StackHub.Cli.CommandLine;

namespace StackHub.Cli.Tests;

public sealed class HelpTests
{
    public static TheoryData<string> Commands =>
    [
        "demo", "sandbox", "serve", "status", "doctor", "config check", "config schema", "config sample", "connectors list", "backfill", "plan", "approve", "pause", "resume", "sync", "poll", "reconcile",
        "explain", "records search", "merges list", "merges undo", "conflicts list", "conflicts merge", "conflicts close", "dead-letters list", "dead-letters replay", "keys add", "keys list", "keys revoke",
        "audit run", "audit findings", "audit accept", "audit propose", "audit what-if", "audit import",
        "simulate",
        "lifecycle show", "lifecycle report", "lifecycle findings", "lifecycle check", "lifecycle override propose", "lifecycle override approve", "lifecycle override reject", "lifecycle override list", "routing held", "routing release", "routing reroute",
        "explain", "records search", "merges list", "merges undo", "conflicts list", "conflicts merge", "conflicts close", "dead-letters list", "dead-letters replay", "keys add", "keys list", "keys revoke", "privacy receipt verify", "receipt verify", "receipt keys", "privacy receipt keys",
        "privacy submit", "privacy list", "privacy show", "privacy verify", "privacy plan", "privacy approve", "privacy deny", "privacy appeal", "privacy extend", "privacy cancel", "privacy hold place", "privacy hold lift", "privacy hold list", "privacy bulk", "privacy metrics", "privacy capabilities", "privacy laws", "privacy receipt get",
        "privacy reject", "privacy ask", "privacy answered", "privacy restriction lift", "privacy return", "privacy choose", "privacy correct", "privacy code send", "privacy code issue", "privacy code enter", "privacy task evidence", "privacy task retry", "privacy task release", "privacy exempt", "privacy package make", "privacy package link", "privacy package download",
    ];

    [Theory]
    [MemberData(nameof(Commands))]
    public async Task Every_command_says_what_it_does_with_an_example_and_its_exit_codes(string command)
    {
        var answer = await Cli.RunAsync([.. command.Split(' '), "--help"]);

        Assert.Equal(ExitCode.Fine, answer.ExitCode);
        Assert.Contains("Usage:", answer.Out);
        Assert.Contains($"  stackhub {command}", answer.Out);
        Assert.Contains("--json", answer.Out);
        Assert.Contains("2    bad usage or configuration", answer.Out);
        Assert.Empty(answer.Error);
    }

    [Fact]
    public async Task The_first_help_lists_every_command()
    {
        var answer = await Cli.RunAsync("--help");

        Assert.All(Commands, command => Assert.Contains($"  {((string)command).Split(' ')[0]} ", answer.Out));
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("plan --take 0")]
    [InlineData("plan --take x")]
    [InlineData("demo --people 1")]
    [InlineData("demo --port 70000")]
    [InlineData("serve --urls nowhere")]
    [InlineData("serve --durability none")]
    [InlineData("sync --watch 0")]
    [InlineData("dead-letters replay")]
    [InlineData("dead-letters replay x --all")]
    [InlineData("keys add dashboard --role king")]
    [InlineData("records search x --kind deal")]
    [InlineData("sandbox --hub x")]
    [InlineData("approve")]
    [InlineData("audit run --fail-on never")]
    [InlineData("audit accept x --until soon")]
    [InlineData("audit import x")]
    [InlineData("simulate")]
    [InlineData("simulate --rules x.yaml --last soon")]
    [InlineData("simulate --rules x.yaml --last 0d")]
    [InlineData("privacy receipt verify receipt.jws --email ada@example.com")]
    public async Task Bad_usage_is_told_on_standard_error_and_is_exit_code_2(string line)
    {
        var answer = await Cli.RunAsync(line.Split(' '));

        Assert.Equal(ExitCode.BadUsage, answer.ExitCode);
        Assert.Contains("--help", answer.Error);
        Assert.DoesNotContain("   at ", answer.Error + answer.Out);
    }

    [Fact]
    public async Task A_mistyped_command_is_met_with_the_one_that_was_meant()
    {
        var answer = await Cli.RunAsync("statsu");

        Assert.Contains("status", answer.Error + answer.Out);
        Assert.Equal(ExitCode.BadUsage, answer.ExitCode);
    }
}
