using StackHub.Cli.CommandLine;

namespace StackHub.Cli.Tests;

public sealed class AuditCommandTests(SyncedHub hub) : IClassFixture<SyncedHub>
{
    [Fact]
    public async Task A_stack_is_imported_audited_accepted_and_planned()
    {
        using var folder = new TryFolder();
        var tools = folder.Write("tools.csv", "tool,owner,seats,seat price,capabilities\nMailbox,dana@example.com,120,75,email;forms\nPostcard,,20,50,email\nWiki,dana@example.com,many,1,docs\nPaper,dana@example.com,5,1,docs\nChalk,dana@example.com,5,1,notes\nSlate,dana@example.com,5,1,boards\n");
        var logins = folder.Write("logins.csv", "user,app,last login\n" + string.Concat(Enumerable.Range(0, 78).Select(person => $"p{person}@example.com,Mailbox,2099-01-01\n")));

        var soon = TimeProvider.System.GetUtcNow().AddDays(200).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
        var imported = await hub.RunAsync("audit", "import", tools, "--kind", "tools");
        var future = await hub.RunAsync("audit", "import", logins, "--kind", "accounts", "--json");
        var run = await hub.RunAsync("audit", "run", "--fail-on", "high", "--json");
        var findings = await hub.RunAsync("audit", "findings", "--check", "no-owner", "--json");
        var id = findings.Json.EnumerateArray().Single(finding => finding.GetProperty("subject").GetString() == "postcard").GetProperty("id").GetString()!;
        var accepted = await hub.RunAsync("audit", "accept", id, "--until", soon, "--because", "it goes next year");
        var left = await hub.RunAsync("audit", "findings", "--check", "no-owner", "--json");
        var whatIf = await hub.RunAsync("audit", "what-if", "--keep", "Mailbox", "--drop", "postcard", "--json");
        var proposed = await hub.RunAsync("audit", "propose", folder.Write("tool.yaml", "{ tool: Pigeon, capabilities: [email] }"), "--json");

        Assert.Contains("line 4, seats: is no whole number", imported.Out, StringComparison.Ordinal);
        Assert.Contains("Taken: 5 rows; 1 row not.", imported.Out, StringComparison.Ordinal);
        Assert.Equal((ExitCode.Problems, "None of its rows can be read."), (future.ExitCode, future.Json.GetProperty("rejected").GetString()));
        Assert.Contains(run.Json.GetProperty("findings").EnumerateArray(), finding => finding.GetProperty("subject").GetString() == "postcard");
        Assert.Contains($"Accepted until {soon}", accepted.Out, StringComparison.Ordinal);
        Assert.Equal(findings.Json.GetArrayLength() - 1, left.Json.GetArrayLength());
        Assert.DoesNotContain(left.Json.EnumerateArray(), finding => finding.GetProperty("id").GetString() == id);
        Assert.Equal(12_000m, whatIf.Json.GetProperty("cost").GetDecimal());
        Assert.Equal((ExitCode.Problems, 1.0), (proposed.ExitCode, proposed.Json.GetProperty("covered").GetDouble()));
    }

    [Theory]
    [InlineData("--until 2099-12-31 --because words", "at most a year off")]
    [InlineData("--until 2001-01-01 --because words", "from today on")]
    [InlineData("--until 31.12.2026 --because words", "a date like")]
    [InlineData("--until 2099-12-31", "--because")]
    public async Task An_acceptance_has_a_reason_and_ends_within_a_year(string options, string cure)
    {
        var answer = await hub.RunAsync(["audit", "accept", "0123456789abcdef", .. options.Split(' ')]);

        Assert.Equal(ExitCode.BadUsage, answer.ExitCode);
        Assert.Contains(cure, answer.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_finding_that_is_not_there_cannot_be_accepted()
    {
        var soon = TimeProvider.System.GetUtcNow().AddDays(30).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);

        Assert.Equal(ExitCode.NotFound, (await hub.RunAsync("audit", "accept", "0123456789abcdef", "--until", soon, "--because", "words")).ExitCode);
    }

    [Fact]
    public async Task A_drill_is_recorded_and_the_next_run_reckons_with_it()
    {
        using var folder = new TryFolder();
        await hub.RunAsync("audit", "import", folder.Write("drilled.csv", "tool,owner\nDrilled,dana@example.com\n"), "--kind", "tools");

        var recorded = await hub.RunAsync("audit", "drill", "Drilled", "--failed", "the archive still had it");
        var run = await hub.RunAsync("audit", "run", "--json");
        var both = await hub.RunAsync("audit", "drill", "Drilled", "--passed", "--failed", "both");
        var named = await hub.RunAsync("audit", "drill", "Drilled", "--failed", "ann@acme.com was still there");

        Assert.Equal(ExitCode.Fine, recorded.ExitCode);
        var finding = Assert.Single(run.Json.GetProperty("findings").EnumerateArray(), finding => finding.GetProperty("check").GetString() == "erasure-not-ready");
        Assert.Equal(("drilled", "the archive still had it"), (finding.GetProperty("subject").GetString(), finding.GetProperty("evidence").GetProperty("reason").GetString()));
        Assert.Equal((ExitCode.BadUsage, ExitCode.BadUsage), (both.ExitCode, named.ExitCode));
    }

    [Fact]
    public async Task A_drill_is_made_in_a_connected_tool_and_only_there()
    {
        using var folder = new TryFolder();
        await hub.RunAsync("audit", "import", folder.Write("loose.csv", "tool,owner\nLoose,dana@example.com\n"), "--kind", "tools");

        var made = await hub.RunAsync("audit", "drill", "HubSpot", "--make", "--json");
        var loose = await hub.RunAsync("audit", "drill", "Loose", "--make");
        var both = await hub.RunAsync("audit", "drill", "HubSpot", "--make", "--passed");

        var drill = Assert.Single(made.Json.EnumerateArray());
        Assert.Equal((ExitCode.Fine, "hubspot", "erasing"), (made.ExitCode, drill.GetProperty("system").GetString(), drill.GetProperty("stage").GetString()));
        Assert.True(drill.GetProperty("askedAt").GetDateTimeOffset() >= drill.GetProperty("foundAt").GetDateTimeOffset());
        Assert.Equal(ExitCode.BadUsage, loose.ExitCode);
        Assert.Contains("The hub is not connected to Loose", loose.Error, StringComparison.Ordinal);
        Assert.Equal(ExitCode.BadUsage, both.ExitCode);
    }

    [Theory]
    [InlineData("html", "<h1>Stack audit</h1>")]
    [InlineData("sarif", "\"version\": \"2.1.0\"")]
    [InlineData("csv", "id,severity,status")]
    [InlineData("json", "\"findings\"")]
    public async Task A_report_is_written_to_a_file(string format, string part)
    {
        using var folder = new TryFolder();
        await hub.RunAsync("audit", "run");
        var path = folder.Write($"audit.{format}", "");

        var written = await hub.RunAsync("audit", "report", path);

        Assert.Equal(ExitCode.Fine, written.ExitCode);
        Assert.Contains($"Wrote {path}", written.Out, StringComparison.Ordinal);
        Assert.Contains(part, await File.ReadAllTextAsync(path), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_report_has_a_known_format_and_needs_a_run()
    {
        using var folder = new TryFolder();

        Assert.Equal(ExitCode.BadUsage, (await hub.RunAsync("audit", "report", "audit.docx")).ExitCode);
        Assert.Equal(ExitCode.NotFound, (await Cli.RunAsync(160, ["audit", "report", Path.Combine(Path.GetTempPath(), "never.html"), "--config", hub.Config, "--data", folder["empty"]])).ExitCode);
    }

    [Fact]
    public async Task A_person_reads_a_table()
    {
        var answer = await Cli.RunAsync(160, ["audit", "run", "--config", hub.Config, "--data", hub.Fresh]);

        Assert.Equal(ExitCode.Fine, answer.ExitCode);
        Assert.Contains("6 tools", answer.Out, StringComparison.Ordinal);
        Assert.Contains("Severity", answer.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("audit what-if --keep nothing --drop nowhere")]
    [InlineData("audit findings --check nonsense")]
    public async Task What_is_not_there_is_exit_code_4(string line) => Assert.Equal(ExitCode.NotFound, (await hub.RunAsync(line.Split(' '))).ExitCode);
}
