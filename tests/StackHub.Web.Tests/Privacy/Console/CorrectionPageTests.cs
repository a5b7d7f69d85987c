using System.Net;

namespace StackHub.Web.Tests.Privacy.Console;

/// <summary>What a person wants put right, on the request's page.</summary>
public sealed class CorrectionPageTests
{
    [Fact]
    public async Task An_officer_says_what_is_put_right_and_takes_it_back()
    {
        await using var desk = await OfficerDesk.OpenAsync();
        var id = await desk.SubmitAsync("rectification");

        var nothing = await desk.PageAsync(id);
        await desk.DoAsync(id, "correct", ("field", "lastName"), ("value", "King"));
        await desk.DoAsync(id, "correct", ("field", "firstName"), ("value", ""));
        var said = await desk.PageAsync(id);
        await desk.DoAsync(id, "correct", ("field", "lastName"), ("take", "back"));
        var taken = await desk.PageAsync(id);

        Assert.Contains("each tool's part is for a person to do by hand", nothing, StringComparison.Ordinal);
        Assert.Contains("King", said, StringComparison.Ordinal);
        Assert.Contains("is emptied", said, StringComparison.Ordinal);
        Assert.DoesNotContain("King", taken, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.BadRequest, (await desk.Officer.PostAsync($"privacy/requests/{id}/correct", ("field", "shoeSize"), ("value", "39"))).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await desk.Approver.PostAsync($"privacy/requests/{id}/correct", ("field", "lastName"), ("value", "King"))).StatusCode);
    }
}
