using System.Net;
using StackHub.Web.Tests.Hosting;

namespace StackHub.Web.Tests.Home;

public sealed class HomeTests
{
    [Fact]
    public async Task The_page_says_what_is_here_without_a_script()
    {
        await using var hub = await WebHub.StartAsync();

        var page = await hub.Anonymous.GetStringAsync(new Uri("console/", UriKind.Relative));

        Assert.Contains("../api/openapi.json", page, StringComparison.Ordinal);
        Assert.Contains("../healthz", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<style", page, StringComparison.Ordinal);
        Assert.DoesNotContain("style=", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Its_stylesheet_is_light_and_dark()
    {
        await using var hub = await WebHub.StartAsync();

        var response = await hub.Anonymous.GetAsync(new Uri("console/home.css", UriKind.Relative));

        Assert.Equal("text/css", response.Content.Headers.ContentType!.MediaType);
        Assert.Contains("prefers-color-scheme: dark", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("console")]
    public async Task Its_neighbours_lead_to_it(string path)
    {
        await using var hub = await WebHub.StartAsync();

        var response = await hub.Anonymous.GetAsync(new Uri(path, UriKind.Relative));

        Assert.Equal(HttpStatusCode.Found, response.StatusCode);
        Assert.Equal(new Uri(hub.Address, "console/"), new Uri(hub.Address, response.Headers.Location!));
    }
}
