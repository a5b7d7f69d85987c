using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using StackHub.Privacy;
using StackHub.Security;
using StackHub.Web.Privacy.Console;
using StackHub.Web.Tests.Hosting;

namespace StackHub.Web.Tests.Privacy.Console;

/// <summary>A list of requests: looked at, its columns chosen, filed.</summary>
public sealed partial class BulkConsoleTests
{
    private const string List = "Nr,kind,Contact address,place\r\n1,erasure,first@one.example,DE\r\n2,forget,second@one.example,DE\r\n3,access+erasure,third@one.example,US-CA\r\n";

    [Fact]
    public async Task Columns_are_guessed_chosen_and_every_bad_row_is_named_before_anything_is_filed()
    {
        await using var desk = await OfficerDesk.OpenAsync();

        var unread = await ReadAsync(await desk.Officer.UploadAsync("privacy/bulk", "list", "list.csv", Encoding.UTF8.GetBytes(List)));
        var looked = await ReadAsync(await desk.Officer.PostAsync("privacy/bulk/check", [.. Carried(unread), .. Columns("Contact address")]));

        Assert.Contains("No column names a person", unread, StringComparison.Ordinal);
        Assert.DoesNotContain("privacy/bulk/file", unread, StringComparison.Ordinal);
        Assert.Contains("<option value=\"kind\" selected", unread, StringComparison.Ordinal);
        Assert.Contains("2 rows of 3 can be filed, 1 cannot.", looked, StringComparison.Ordinal);
        Assert.Contains("<th scope=\"row\" class=\"n\">3</th><td data-label=\"Why\">The kind has to be one of access,", looked, StringComparison.Ordinal);
        Assert.DoesNotContain("second@one.example", looked, StringComparison.Ordinal);
        Assert.Empty(await desk.Hub.Get<RequestInbox>().ListAsync(CancellationToken.None));
    }

    [Fact]
    public async Task What_was_looked_at_is_filed_once_however_often_it_is_sent()
    {
        await using var desk = await OfficerDesk.OpenAsync();
        var unread = await ReadAsync(await desk.Officer.UploadAsync("privacy/bulk", "list", "list.csv", Encoding.UTF8.GetBytes(List)));
        var looked = await ReadAsync(await desk.Officer.PostAsync("privacy/bulk/check", [.. Carried(unread), .. Columns("Contact address")]));

        var filed = await ReadAsync(await desk.Officer.PostAsync("privacy/bulk/file", [.. Carried(looked), .. Columns("Contact address")]));
        var again = await ReadAsync(await desk.Officer.PostAsync("privacy/bulk/file", [.. Carried(looked), .. Columns("Contact address")]));

        Assert.Contains("2 rows of 3 were filed", filed, StringComparison.Ordinal);
        Assert.Equal(Links().Matches(filed).Select(link => link.Value), Links().Matches(again).Select(link => link.Value));
        var lines = await desk.Hub.Get<RequestInbox>().ListAsync(CancellationToken.None);
        Assert.Equal(["Access third@one.example us-ca-ccpa/US-CA", "Erasure first@one.example eu-gdpr/DE", "Erasure third@one.example us-ca-ccpa/US-CA"],
            lines.Select(line => $"{line.Request.Kind} {line.Request.Subject.Emails.Single()} {line.Request.Laws[0]}").Order(StringComparer.Ordinal));
        Assert.Equal(3, Links().Count(filed));
    }

    [Fact]
    public async Task With_other_columns_than_were_looked_at_nothing_is_filed()
    {
        await using var desk = await OfficerDesk.OpenAsync();
        var looked = await ReadAsync(await desk.Officer.UploadAsync("privacy/bulk", "list", "list.csv", Encoding.UTF8.GetBytes(List.Replace("Contact address", "email", StringComparison.Ordinal))));

        var changed = await ReadAsync(await desk.Officer.PostAsync("privacy/bulk/file", [.. Carried(looked), ("column-kind", "kind"), ("column-email", "email"), ("column-place", "")]));

        Assert.Contains("The columns are others than you looked at.", changed, StringComparison.Ordinal);
        Assert.Empty(await desk.Hub.Get<RequestInbox>().ListAsync(CancellationToken.None));
        await desk.Officer.PostAsync("privacy/bulk/file", [.. Carried(changed), ("column-kind", "kind"), ("column-email", "email"), ("column-place", "")]);
        Assert.All(await desk.Hub.Get<RequestInbox>().ListAsync(CancellationToken.None), line => Assert.Empty(line.Request.Laws)); // the place was left out
    }

    [Theory]
    [InlineData("", "role=\"alert\"")]
    [InlineData("no list at all", "role=\"alert\"")]
    [InlineData("kind,email\r\n\"erasure,a@one.example\r\n", "0 rows of 1 can be filed, 1 cannot.")]
    public async Task What_is_no_list_is_said_to_be_none(string text, string said)
    {
        await using var desk = await OfficerDesk.OpenAsync();

        var response = await desk.Officer.UploadAsync("privacy/bulk", "list", "list.csv", Encoding.UTF8.GetBytes(text));

        Assert.Contains(said, await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Empty(await desk.Hub.Get<RequestInbox>().ListAsync(CancellationToken.None));
    }

    [Fact]
    public async Task A_file_that_is_too_large_is_told_where_it_can_go()
    {
        await using var desk = await OfficerDesk.OpenAsync();

        var response = await desk.Officer.UploadAsync("privacy/bulk", "list", "list.csv", new byte[BulkModel.LargestFile + 1]);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains("stackhub privacy bulk", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_is_for_officers()
    {
        await using var desk = await OfficerDesk.OpenAsync();
        using var viewer = await ConsoleVisit.SignedInAsync(desk.Hub, Role.Viewer, Role.Operator);

        Assert.Equal(HttpStatusCode.Forbidden, (await viewer.GetAsync("privacy/bulk")).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await desk.Approver.UploadAsync("privacy/bulk", "list", "list.csv", Encoding.UTF8.GetBytes(List))).StatusCode);
    }

    private static (string, string)[] Columns(string email) => [("column-kind", "kind"), ("column-email", email), ("column-place", "place"), ("column-reference", "Nr")];

    /// <summary>What the page carries from one look to the next.</summary>
    private static (string, string)[] Carried(string page) => [("content", Content().Match(page).Groups[1].Value), ("looked", Looked().Match(page).Groups[1].Value)];

    private static async Task<string> ReadAsync(HttpResponseMessage response)
    {
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return WebUtility.HtmlDecode(await response.Content.ReadAsStringAsync());
    }

    [GeneratedRegex("name=\"content\" value=\"([^\"]*)\"")]
    private static partial Regex Content();

    [GeneratedRegex("name=\"looked\" value=\"([^\"]*)\"")]
    private static partial Regex Looked();

    [GeneratedRegex("privacy/requests/[0-9a-f]{32}")]
    private static partial Regex Links();
}
