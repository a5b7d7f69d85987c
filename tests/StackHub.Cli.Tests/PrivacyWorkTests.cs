using System.IO.Compression;
using System.Text.Json;
using System.Text.RegularExpressions;
using StackHub.Cli.CommandLine;
using StackHub.Testing.Snapshots;

namespace StackHub.Cli.Tests;

/// <summary>What officers do with a request by the command line, beside approving it.</summary>
public sealed partial class PrivacyWorkTests(SyncedHub hub) : IClassFixture<SyncedHub>
{
    [Fact]
    public async Task Of_several_people_that_were_named_an_officer_chooses_and_only_those_are_planned()
    {
        var people = await PeopleAsync();
        var id = await SubmitAsync("erasure", EmailOf(people[0]), "--email", EmailOf(people[1]), "--verified", "by phone");

        var unplanned = await hub.RunAsync("privacy", "plan", id);
        var shown = await Cli.RunAsync(160, ["privacy", "choose", id, .. hub.Where]);
        var candidates = (await hub.RunAsync("privacy", "choose", id, "--json")).Json;
        var chosen = await hub.RunAsync("privacy", "choose", id, "--record", people[0].GetProperty("id").GetString()!, "--reason", "wrote from it");
        var plan = (await hub.RunAsync("privacy", "plan", id, "--json")).Json;

        Assert.Equal((ExitCode.Problems, ExitCode.Fine, ExitCode.Fine), (unplanned.ExitCode, shown.ExitCode, chosen.ExitCode));
        Assert.Contains("stackhub privacy choose", unplanned.Error, StringComparison.Ordinal);
        Snapshot.Match(Steady(shown.Out));
        Assert.Equal(people.Take(2).Select(person => person.GetProperty("id").GetString()).Order(), candidates.EnumerateArray().Select(one => one.GetProperty("id").GetString()).Order());
        Assert.All(candidates.EnumerateArray(), one => Assert.NotEmpty(one.GetProperty("in").EnumerateArray()));
        Assert.Equal([people[0].GetProperty("id").GetString()], plan.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("record").GetString()).Distinct());
        Assert.Equal(ExitCode.Problems, (await hub.RunAsync("privacy", "choose", id)).ExitCode);
    }

    [Fact]
    public async Task Only_what_the_search_found_can_be_chosen()
    {
        var people = await PeopleAsync();
        var id = await SubmitAsync("erasure", EmailOf(people[0]), "--email", EmailOf(people[1]), "--verified", "by phone");
        await hub.RunAsync("privacy", "plan", id);

        var other = await hub.RunAsync("privacy", "choose", id, "--record", people[2].GetProperty("id").GetString()!, "--reason", "x");
        var nonsense = await hub.RunAsync("privacy", "choose", id, "--record", "nonsense", "--reason", "x");
        var half = await hub.RunAsync("privacy", "choose", id, "--reason", "x");

        Assert.Equal((ExitCode.Problems, ExitCode.BadUsage, ExitCode.BadUsage), (other.ExitCode, nonsense.ExitCode, half.ExitCode));
        Assert.Equal("Only records that the search found can be chosen.", other.Error.Trim());
        Assert.Contains("belong together", half.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_put_right_is_said_and_planned_and_no_value_is_printed()
    {
        var id = await SubmitAsync("rectification", EmailOf((await PeopleAsync())[4]), "--verified", "by phone");

        var answers = (await hub.RunAsync("privacy", "correct", id, "--set", "lastName"), await hub.RunAsync("privacy", "correct", id, "--set", "shoeSize=39"), await hub.RunAsync("privacy", "correct", id, "--set", "lastName=Kingsley", "--set", "title="));
        var plan = await hub.RunAsync("privacy", "plan", id);

        Assert.Equal((ExitCode.BadUsage, ExitCode.Problems, ExitCode.Fine), (answers.Item1.ExitCode, answers.Item2.ExitCode, answers.Item3.ExitCode));
        Assert.Contains("'shoeSize' is no field of a person.", answers.Item2.Error, StringComparison.Ordinal);
        Assert.Contains("put right is written there", plan.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("Kingsley", answers.Item3.Out + plan.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_nobody_showed_to_come_from_the_person_is_put_aside()
    {
        var id = await SubmitAsync("access", "never@answered.example");

        var rejected = await hub.RunAsync("privacy", "reject", id, "--reason", "nobody answered in 30 days");
        var shown = await hub.RunAsync("privacy", "show", id, "--json");
        var denied = await hub.RunAsync("privacy", "deny", id, "--ground", "x", "--appeal", "y");

        Assert.Equal((ExitCode.Fine, ExitCode.Problems), (rejected.ExitCode, denied.ExitCode));
        Assert.Equal("rejected", shown.Json.GetProperty("request").GetProperty("state").GetString());
        Assert.DoesNotContain("answered.example", shown.Out, StringComparison.Ordinal);
        Assert.Equal("A request that is rejected cannot be denied.", denied.Error.Trim());
    }

    [Fact]
    public async Task An_appeal_is_noted_and_answered_by_somebody_else()
    {
        var id = await SubmitAsync("access", "ada@appeal.example");
        await hub.RunAsync("privacy", "deny", id, "--ground", "59.1-578", "--appeal", "Write to us.", "--as", "olga");

        var unclear = await hub.RunAsync("privacy", "appeal", id, "--grant");
        var noted = await hub.RunAsync("privacy", "appeal", id);
        var own = await hub.RunAsync("privacy", "appeal", id, "--uphold", "--reason", "it holds", "--as", "olga");
        var answered = await hub.RunAsync("privacy", "appeal", id, "--uphold", "--reason", "it holds", "--as", "omar");
        var shown = await hub.RunAsync("privacy", "show", id);

        Assert.Equal((ExitCode.BadUsage, ExitCode.Fine, ExitCode.Problems, ExitCode.Fine), (unclear.ExitCode, noted.ExitCode, own.ExitCode, answered.ExitCode));
        Assert.Contains("the denial stands (cli:omar", shown.Out.ReplaceLineEndings(" "), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_code_is_brought_over_told_and_entered()
    {
        var id = await SubmitAsync("access", "grace@code.example");

        var issued = (await hub.RunAsync("privacy", "code", "issue", id, "--json")).Json;
        var wrong = await hub.RunAsync("privacy", "code", "enter", id, "00000000");
        var right = await hub.RunAsync("privacy", "code", "enter", id, issued.GetProperty("code").GetString()!, "--as", "olga");
        var shown = (await hub.RunAsync("privacy", "show", id, "--json")).Json;
        var again = await hub.RunAsync("privacy", "code", "issue", id);

        Assert.Equal("grace@code.example", issued.GetProperty("address").GetString());
        Assert.Equal((ExitCode.Problems, ExitCode.Fine, ExitCode.Problems), (wrong.ExitCode, right.ExitCode, again.ExitCode));
        Assert.Equal("cli:olga", shown.GetProperty("verification").GetProperty("by").GetString());
        Assert.DoesNotContain(issued.GetProperty("code").GetString()!, right.Out + right.Error, StringComparison.Ordinal);
        Assert.Contains("needs no code", again.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_code_that_is_sent_waits_for_an_officer_where_nothing_sends_it()
    {
        var id = await SubmitAsync("access", "grace@sent.example");

        var sent = await hub.RunAsync("privacy", "code", "send", id);
        var shown = await hub.RunAsync("privacy", "show", id);

        Assert.Equal(ExitCode.Fine, sent.ExitCode);
        Assert.Contains("Bring this code over by hand", shown.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_done_by_hand_is_shown_system_by_system()
    {
        var id = await ApprovedAsync("rectification");
        var tasks = (await hub.RunAsync("privacy", "show", id, "--json")).Json.GetProperty("tasks").EnumerateArray().Select(task => task.GetProperty("system").GetString()!).ToArray();

        var unknown = await hub.RunAsync("privacy", "task", "evidence", id, "nowhere", "--shown", "x");
        var idle = await hub.RunAsync("privacy", "task", "retry", id, tasks[0]);
        foreach (var system in tasks)
            Assert.Equal(ExitCode.Fine, (await hub.RunAsync("privacy", "task", "evidence", id, system, "--shown", "corrected there, ticket OPS-142", "--as", "olga")).ExitCode);
        var shown = (await hub.RunAsync("privacy", "show", id, "--json")).Json;

        Assert.Equal((ExitCode.NotFound, ExitCode.Problems), (unknown.ExitCode, idle.ExitCode));
        Assert.Contains(string.Join(", ", tasks.Select(system => $"erase|{system}")), unknown.Error, StringComparison.Ordinal);
        Assert.Equal($"Nothing stopped {tasks[0]}: it is manual.", idle.Error.Trim());
        Assert.All(shown.GetProperty("tasks").EnumerateArray(), task => Assert.Equal(("done", "corrected there, ticket OPS-142"), (task.GetProperty("status").GetString(), task.GetProperty("evidence").GetString())));
    }

    [Fact]
    public async Task What_the_hub_does_itself_takes_no_evidence()
    {
        var id = await ApprovedAsync("erasure");

        var shown = await hub.RunAsync("privacy", "task", "evidence", id, "salesforce", "--shown", "x");
        var empty = await hub.RunAsync("privacy", "task", "evidence", id, "salesforce", "--shown", " ");
        var hubs = await hub.RunAsync("privacy", "task", "release", id, "stackhub", "--reason", "x");

        Assert.Equal((ExitCode.Problems, ExitCode.BadUsage, ExitCode.Problems), (shown.ExitCode, empty.ExitCode, hubs.ExitCode));
        Assert.StartsWith("salesforce is not a person's to do", shown.Error, StringComparison.Ordinal);
        Assert.StartsWith("The hub's own copy goes last", hubs.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_record_is_kept_by_right_until_a_day()
    {
        var id = await SubmitAsync("erasure", await hub.AnyAddressAsync(), "--verified", "by phone");
        var item = (await hub.RunAsync("privacy", "plan", id, "--json")).Json.GetProperty("items")[0];
        var name = $"{item.GetProperty("system").GetString()}/{item.GetProperty("objectType").GetString()}/{item.GetProperty("id").GetString()}";

        var kept = await ExemptAsync(id, name, "2099-12-31");
        var shown = (await hub.RunAsync("privacy", "show", id, "--json")).Json.GetProperty("exemptions");

        Assert.Equal(ExitCode.Fine, kept.ExitCode);
        Assert.Equal(("Art. 17(3)(b): invoices", new DateTimeOffset(2099, 12, 31, 0, 0, 0, TimeSpan.Zero), name), (shown[0].GetProperty("ground").GetString(), shown[0].GetProperty("until").GetDateTimeOffset(), shown[0].GetProperty("scope").GetString()));
        Assert.Equal(ExitCode.BadUsage, (await ExemptAsync(id, name, "2020-01-01")).ExitCode);
        Assert.Equal(ExitCode.BadUsage, (await ExemptAsync(id, name, "soon")).ExitCode);
        var unknown = await ExemptAsync(id, "salesforce/Contact/none", "2099-12-31");
        Assert.Equal(ExitCode.NotFound, unknown.ExitCode);
        Assert.Contains(name, unknown.Error, StringComparison.Ordinal);
        await hub.RunAsync("privacy", "cancel", id);
        Assert.Equal("The request is cancelled: nothing of it can be kept back any more.", (await ExemptAsync(id, name, "2099-12-31")).Error.Trim());
    }

    [Fact]
    public async Task A_copy_is_made_linked_and_brought_over()
    {
        using var folder = new TryFolder();
        var id = await ApprovedAsync("access");
        var early = await hub.RunAsync("privacy", "package", "link", id);

        var made = await hub.RunAsync("privacy", "package", "make", id);
        var link = await hub.RunAsync("privacy", "package", "link", id, "--json");
        var written = await hub.RunAsync("privacy", "package", "download", id, folder["ada.zip"]);
        var twice = await hub.RunAsync("privacy", "package", "download", id, folder["ada.zip"]);

        Assert.Equal((ExitCode.Fine, ExitCode.Fine, ExitCode.BadUsage), (made.ExitCode, written.ExitCode, twice.ExitCode));
        Assert.Contains(early.ExitCode, new[] { ExitCode.NotFound, ExitCode.Fine }); // the hub makes it by itself, soon
        Assert.StartsWith("http://127.0.0.1:9/privacy/package/", made.Out, StringComparison.Ordinal);
        Assert.Equal(made.Out.Split('\n')[0], $"http://127.0.0.1:9/{link.Json.GetProperty("link").GetString()}");
        using var zip = ZipFile.OpenRead(folder["ada.zip"]);
        Assert.Contains(zip.Entries, entry => entry.FullName == "manifest.json");
        Assert.Contains(zip.Entries, entry => entry.FullName == "report.html");
    }

    [Fact]
    public async Task Only_access_and_portability_are_answered_with_a_copy()
    {
        var id = await SubmitAsync("erasure", "nobody@copy.example", "--verified", "by phone");

        var link = await hub.RunAsync("privacy", "package", "link", id);
        var make = await hub.RunAsync("privacy", "package", "make", id);

        Assert.Equal((ExitCode.NotFound, ExitCode.Problems), (link.ExitCode, make.ExitCode));
        Assert.Contains("only access and portability", link.Error, StringComparison.Ordinal);
        Assert.Equal("Only a request for access or portability is answered with a copy.", make.Error.Trim());
    }

    [Theory]
    [InlineData("privacy choose 0123456789abcdef0123456789abcdef")]
    [InlineData("privacy reject x --reason y")]
    [InlineData("privacy code send 0123456789abcdef0123456789abcdef")]
    [InlineData("privacy code enter x 12345678")]
    [InlineData("privacy task evidence x zendesk --shown y")]
    [InlineData("privacy exempt 0123456789abcdef0123456789abcdef --item a/b/c --ground g --until 2099-01-01")]
    [InlineData("privacy package link x")]
    [InlineData("privacy package make 0123456789abcdef0123456789abcdef")]
    public async Task What_is_not_there_is_exit_code_4_and_a_sentence(string line)
    {
        var answer = await hub.RunAsync(line.Split(' '));

        Assert.Equal(ExitCode.NotFound, answer.ExitCode);
        Assert.StartsWith("There is no privacy request", answer.Error, StringComparison.Ordinal);
        Assert.Empty(answer.Out);
    }

    [Fact]
    public async Task The_help_of_each_reads_as_it_should()
    {
        var texts = new List<string>();
        foreach (var command in (string[])["choose", "reject", "code", "code issue", "code enter", "task", "task evidence", "exempt", "package", "package download"])
            texts.Add((await Cli.RunAsync(120, ["privacy", .. command.Split(' '), "--help"])).Out.Replace($"[default: {Environment.UserName}]", "[default: USER]", StringComparison.Ordinal));

        Snapshot.Match(string.Join("\n----\n", texts));
    }

    private Task<CliAnswer> ExemptAsync(string id, string item, string until) => hub.RunAsync("privacy", "exempt", id, "--item", item, "--ground", "Art. 17(3)(b): invoices", "--until", until);

    private async Task<string> SubmitAsync(string kind, string email, params string[] more) =>
        (await hub.RunAsync(["privacy", "submit", "--kind", kind, "--email", email, "--place", "DE", "--as", "sue", "--json", .. more])).Json.GetProperty("requests")[0].GetString()!;

    private async Task<string> ApprovedAsync(string kind)
    {
        var id = await SubmitAsync(kind, await hub.AnyAddressAsync(), "--verified", "by phone");
        var plan = (await hub.RunAsync("privacy", "plan", id, "--json")).Json;
        foreach (var approver in (string[])["omar", "olga"])
            await hub.RunAsync("privacy", "approve", id, "--plan", plan.GetProperty("fingerprint").GetString()!, "--as", approver);
        return id;
    }

    private static string EmailOf(JsonElement record) => record.GetProperty("values").GetProperty("email").GetString()!;

    /// <summary>In the order of their addresses, which is the same in every run.</summary>
    private async Task<IReadOnlyList<JsonElement>> PeopleAsync() =>
        [.. (await hub.RunAsync("records", "search", "@", "--kind", "person", "--take", "200", "--json")).Json.GetProperty("items").EnumerateArray().OrderBy(EmailOf, StringComparer.Ordinal)];

    /// <summary>Ids differ from run to run, and not in length; so does the order by them.</summary>
    private static string Steady(string text)
    {
        var lines = Id().Replace(text, found => new string('x', found.Length)).Split('\n');
        var rows = new Queue<string>(lines.Where(line => line.StartsWith("│ x", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
        return string.Join('\n', lines.Select(line => line.StartsWith("│ x", StringComparison.Ordinal) ? rows.Dequeue() : line));
    }

    [GeneratedRegex("[0-9a-f]{32}")]
    private static partial Regex Id();
}
