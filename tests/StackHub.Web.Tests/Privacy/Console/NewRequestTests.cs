using System.Net;
using StackHub.Privacy;

namespace StackHub.Web.Tests.Privacy.Console;

public sealed class NewRequestTests
{
    [Fact]
    public async Task The_place_decides_on_the_laws_and_the_day_of_receipt_starts_the_clock()
    {
        await using var desk = await OfficerDesk.OpenAsync();

        var response = await desk.Officer.PostAsync("privacy/new", ("key", "k"), ("kind", "erasure"), ("emails", OfficerDesk.Ada), ("place", "DE"), ("received", "2026-02-10"));

        var request = await desk.FindAsync(RequestId.Parse(response.Headers.Location!.ToString().Split('/')[^1]));
        Assert.Equal(["eu-gdpr/DE"], request.Laws);
        Assert.Equal(new DateTimeOffset(2026, 2, 10, 11, 0, 0, TimeSpan.Zero), request.ReceivedAt);
        Assert.Contains("10 Mar 2026", await desk.PageAsync(request.Id), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_same_form_sent_twice_files_once()
    {
        await using var desk = await OfficerDesk.OpenAsync();
        (string, string)[] form = [("key", "the-same"), ("kind", "access"), ("emails", OfficerDesk.Ada), ("place", "DE")];

        var (first, second) = (await desk.Officer.PostAsync("privacy/new", form), await desk.Officer.PostAsync("privacy/new", form));

        Assert.Equal(first.Headers.Location, second.Headers.Location);
        Assert.Contains("All open (1)", await desk.Officer.PageAsync("privacy"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_cannot_be_filed_comes_back_as_it_was_filled_in()
    {
        await using var desk = await OfficerDesk.OpenAsync();

        var response = await desk.Officer.PostAsync("privacy/new", ("key", "k"), ("kind", "access"), ("emails", "no address"), ("place", "FR"), ("verified", "by phone"));
        var page = await response.Content.ReadAsStringAsync();

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains("Address 1 is not an e-mail address.", page, StringComparison.Ordinal);
        Assert.Contains("<option value=\"FR\" selected", page, StringComparison.Ordinal);
        Assert.Contains("value=\"by phone\"", page, StringComparison.Ordinal);
        Assert.Contains("value=\"k\"", page, StringComparison.Ordinal);
        Assert.Empty(Shell.Accessibility.Problems(page));
    }

    [Theory]
    [InlineData("received", "2026-03-09", "a day up to today")]
    [InlineData("record", "1234", "32 letters and digits")]
    [InlineData("place", "Atlantis", "from the list")]
    public async Task Every_field_says_what_it_takes(string field, string value, string words)
    {
        await using var desk = await OfficerDesk.OpenAsync();

        var response = await desk.Officer.PostAsync("privacy/new", [("key", "k"), ("kind", "access"), ("emails", OfficerDesk.Ada), (field, value)]);

        Assert.Contains(words, await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    [Fact]
    public async Task Several_things_at_once_are_several_requests()
    {
        await using var desk = await OfficerDesk.OpenAsync();

        var (place, said) = await desk.Officer.DoAsync("privacy/new", ("key", "k"), ("kind", "erasure"), ("kind", "opt-out-of-sale"), ("emails", OfficerDesk.Ada), ("place", "US-CA"));

        Assert.Equal("privacy", place);
        Assert.Contains("Filed as 2 requests", said, StringComparison.Ordinal);
    }
}
