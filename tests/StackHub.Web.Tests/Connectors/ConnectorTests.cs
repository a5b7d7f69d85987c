using StackHub.Web.Tests.Hosting;

namespace StackHub.Web.Tests.Connectors;

public sealed class ConnectorTests
{
    [Fact]
    public async Task Connectors_describe_themselves()
    {
        await using var hub = await WebHub.StartAsync();

        var connector = Assert.Single(await Pages.AllAsync(hub, "api/connectors"));

        Assert.Equal("fakecrm", connector.GetProperty("vendor").GetString());
        Assert.Equal("https://docs.example/fakecrm", connector.GetProperty("docs").GetString());
        Assert.Equal("person", connector.GetProperty("objects")[0].GetProperty("kind").GetString());
        Assert.Equal(10, connector.GetProperty("limits")[0].GetProperty("windowSeconds").GetDouble());
        Assert.True(connector.GetProperty("settings")[0].GetProperty("secret").GetBoolean());
    }
}
