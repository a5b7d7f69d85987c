using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using StackHub.Privacy;
using StackHub.Privacy.Packages;

namespace StackHub.Tests.Privacy.Packages;

public sealed class PackageTests
{
    private static readonly DateTimeOffset At = new(2026, 7, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task S51_other_people_are_left_out_of_a_conversation_and_counted_with_the_ground()
    {
        var thread = new SubjectThread("zendesk", "Ticket", "7", "Refund, as Bob Builder said", [
            new(ThreadAuthor.Subject, ["Ada Lovelace", "ada@example.com"], At, "I am Ada Lovelace, write to ada@example.com."),
            new(ThreadAuthor.Agent, ["Grace Agent", "grace@shop.example"], At, "Hello Ada Lovelace, this is Grace Agent. BOB BUILDER (bob@other.example) wrote too; ask carol@other.example."),
            new(ThreadAuthor.Other, ["Bob Builder", "bob@other.example"], At, "My own trouble: 555-1234."),
        ]);

        var (manifest, files) = await BuildAsync(Data() with { Threads = [thread] });

        var all = string.Join('\n', files.Values.Select(Encoding.UTF8.GetString));
        Assert.All(["Bob Builder", "BOB BUILDER", "bob@other.example", "carol@other.example", "Grace", "555-1234", "own trouble"], other => Assert.DoesNotContain(other, all, StringComparison.OrdinalIgnoreCase));
        Assert.All(["Ada Lovelace", "ada@example.com", "[another person]"], own => Assert.Contains(own, all, StringComparison.Ordinal));
        Assert.Equal([("zendesk", "messages of other people", 1), ("zendesk", "names and addresses of other people", 5)], manifest.Withheld.Select(withheld => (withheld.System, withheld.What, withheld.Count)));
        Assert.All(manifest.Withheld, withheld => Assert.Contains("Art. 15(4)", withheld.Ground, StringComparison.Ordinal));
    }

    [Fact]
    public void S51_a_first_name_alone_is_left_out_too_and_a_shared_last_name_or_a_plain_word_is_not()
    {
        var thread = new SubjectThread("zendesk", "Ticket", "7", "Hello", [
            new(ThreadAuthor.Subject, ["Ada Hill"], At, "Mark said I will, and Will Hill agreed: mark my words, Mark. Li too, not Lisa."),
            new(ThreadAuthor.Agent, ["Mark Brown"], At, "ok"),
            new(ThreadAuthor.Other, ["Will Hill"], At, "ok"),
            new(ThreadAuthor.Other, ["Li"], At, "ok"),
        ]);

        var cleaned = ThirdParties.LeaveOut(Data() with { Threads = [thread] });

        Assert.Equal("[another person] said I will, and [another person] agreed: mark my words, [another person]. [another person] too, not Lisa.", cleaned.Threads[0].Messages[0].Body);
    }

    [Fact]
    public void S51_an_address_of_somebody_else_in_a_field_is_left_out_and_the_persons_own_is_not()
    {
        var cleaned = ThirdParties.LeaveOut(Data() with { Records = [new("hubspot", "Contact", "1", Fields(("email", "ADA@example.com"), ("owner", "grace@shop.example"), ("none", null)))] });

        Assert.Equal(["ADA@example.com", null, "[another person]"], cleaned.Records[0].Fields.Values);
        Assert.Equal(1, cleaned.Withheld.Single().Count);
    }

    [Fact]
    public async Task S52_the_manifest_has_the_hash_and_size_of_every_other_file_and_every_count()
    {
        var (manifest, files) = await BuildAsync(Data());

        Assert.Equal(files.Keys.Where(name => name != "manifest.json").Order(), manifest.Files.Select(file => file.Name).Order());
        Assert.All(manifest.Files, file => Assert.Equal((Convert.ToHexStringLower(SHA256.HashData(files[file.Name])), files[file.Name].Length), (file.Sha256, (int)file.Bytes)));
        Assert.Equal([("hubspot", "Contact", 1), ("salesforce", "Lead", 2)], manifest.Counts.Select(count => (count.System, count.What, count.Count)));
        var kept = JsonDocument.Parse(files["manifest.json"]).RootElement;
        Assert.Equal(("access", 1), (kept.GetProperty("kind").GetString(), kept.GetProperty("version").GetInt32()));
    }

    [Fact]
    public async Task S53_what_a_stranger_wrote_is_text_on_the_page_and_never_a_path()
    {
        const string Hostile = "<script>alert(1)</script><img src=x onerror=alert(1)>\"'";
        var data = Data() with
        {
            Records = [new("hub/spot", "../../Contact", Hostile, Fields(("<b>field</b>", Hostile), ("x", "javascript:alert(1)")))],
            Threads = [new("zendesk", "Ticket", "1", Hostile, [new(ThreadAuthor.Subject, [], At, Hostile)])],
            Files = [new("zendesk", "../../x", "one"u8.ToArray()), new("zendesk", @"..\..\X", "two"u8.ToArray()), new("..", "con\0.<>.html", "three"u8.ToArray()), new("zendesk", "....", "four"u8.ToArray())],
        };

        var (_, files) = await BuildAsync(data);

        var page = Encoding.UTF8.GetString(files["report.html"]);
        Assert.DoesNotContain("<script", page, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("<img", page, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("<b>", page, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("href", page, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("default-src &#x27;none&#x27;".Replace("&#x27;", "'"), page, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", Encoding.UTF8.GetString(files["data.json"]), StringComparison.OrdinalIgnoreCase);
        Assert.All(files.Keys, name => Assert.Matches("^[A-Za-z0-9][A-Za-z0-9.-]*(/[A-Za-z0-9][A-Za-z0-9.-]*)*$", name));
        Assert.DoesNotContain(files.Keys, name => name.Contains("..", StringComparison.Ordinal));
        Assert.Equal(files.Count, files.Keys.Distinct(StringComparer.OrdinalIgnoreCase).Count());
        Assert.Equal(["four", "one", "three", "two"], files.Where(file => file.Key.StartsWith("files/", StringComparison.Ordinal)).Select(file => Encoding.UTF8.GetString(file.Value)).Order());
    }

    [Theory]
    [InlineData("=HYPERLINK(\"http://evil\")")]
    [InlineData("+1+1")]
    [InlineData("-2")]
    [InlineData("@SUM(A1)")]
    [InlineData("\t=1")]
    public async Task A_value_that_begins_like_a_formula_is_text_in_a_spreadsheet_and_unchanged_in_json(string value)
    {
        var (_, files) = await BuildAsync(Data() with { Records = [new("hubspot", "Contact", "1", Fields(("note", value)))] });

        var cell = Encoding.UTF8.GetString(files["csv/hubspot-Contact.csv"]).Split("\r\n")[1].Split(',', 2)[1].Trim('"');
        Assert.StartsWith("'", cell, StringComparison.Ordinal);
        Assert.Equal(value, JsonDocument.Parse(files["data.json"]).RootElement.GetProperty("records")[0].GetProperty("fields").GetProperty("note").GetString());
    }

    [Fact]
    public async Task A_table_has_a_column_for_each_field_that_any_record_has()
    {
        var (_, files) = await BuildAsync(Data());

        Assert.Equal("id,email,phone\r\n00Q1,ada@example.com,\r\n00Q2,,49301\r\n", Encoding.UTF8.GetString(files["csv/salesforce-Lead.csv"]).TrimStart('\uFEFF'));
    }

    [Fact]
    public async Task The_same_data_gives_the_same_bytes()
    {
        using var first = new MemoryStream();
        using var second = new MemoryStream();

        await PackageWriter.WriteAsync(Data(), first, default);
        await PackageWriter.WriteAsync(Data(), second, default);

        Assert.Equal(first.ToArray(), second.ToArray());
    }

    internal static SubjectData Data() => new("r1", PrivacyRequestKind.Access, At)
    {
        OwnIdentities = ["ada@example.com", "Ada Lovelace"],
        Records =
        [
            new("salesforce", "Lead", "00Q1", Fields(("email", "ada@example.com"))),
            new("salesforce", "Lead", "00Q2", Fields(("phone", "49301"))),
            new("hubspot", "Contact", "51", Fields(("email", "ada@example.com"), ("city", "Zürich"))),
        ],
    };

    private static ImmutableSortedDictionary<string, string?> Fields(params (string Name, string? Value)[] fields) =>
        fields.ToImmutableSortedDictionary(field => field.Name, field => field.Value, StringComparer.Ordinal);

    private static async Task<(PackageManifest Manifest, IReadOnlyDictionary<string, byte[]> Files)> BuildAsync(SubjectData data)
    {
        using var buffer = new MemoryStream();
        var manifest = await PackageWriter.WriteAsync(data, buffer, default);
        buffer.Position = 0;
        return (manifest, await ZipFiles.ReadAsync(buffer));
    }
}
