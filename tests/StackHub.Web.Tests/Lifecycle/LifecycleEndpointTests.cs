using System.Net;
using StackHub.Security;
using StackHub.Web.Tests.Hosting;

namespace StackHub.Web.Tests.Lifecycle;

public sealed class LifecycleEndpointTests
{
    [Theory]
    [InlineData("api/lifecycle", HttpStatusCode.NotFound, "unknown-lifecycle")]
    [InlineData("api/lifecycle?days=0", HttpStatusCode.BadRequest, "bad-parameter")]
    [InlineData("api/records/7/lifecycle", HttpStatusCode.BadRequest, "bad-parameter")]
    [InlineData("api/records/0123456789abcdef0123456789abcdef/lifecycle", HttpStatusCode.NotFound, "unknown-lifecycle")]
    public async Task A_hub_without_lifecycle_says_so(string path, HttpStatusCode status, string code)
    {
        await using var hub = await WebHub.StartAsync();
        using var client = await hub.ClientAsync(Role.Viewer);

        await ProblemAssert.IsAsync(status, code, await client.GetAsync(new Uri(path, UriKind.Relative)));
    }

    [Fact]
    public async Task Findings_are_a_page() => Assert.Empty(await Pages.AllAsync(await WebHub.StartAsync(), "api/lifecycle/findings"));
}
