using StackHub.Configuration;
using StackHub.Connecting;
using StackHub.Security;
using StackHub.Web.Privacy.Console;
using StackHub.Web.Tests.Hosting;

namespace StackHub.Web.Tests.Privacy.Console;

public sealed class CapabilitiesTests
{
    [Fact]
    public async Task Every_connected_system_has_its_row_and_everybody_may_read_it()
    {
        await using var hub = await WebHub.StartAsync();
        using var visit = await ConsoleVisit.SignedInAsync(hub, Role.Viewer);

        var page = await visit.PageAsync("capabilities");

        Assert.All(["crm", "mail", "quiet"], system => Assert.Contains($"<th scope=\"row\">{system}<", page, StringComparison.Ordinal));
        Assert.Contains("href=\"capabilities\"", await visit.PageAsync("connectors"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tools_that_are_not_connected_come_after_those_that_are()
    {
        await using var hub = await WebHub.StartAsync();
        var other = FakeConnector.Description with { Vendor = "other", DisplayName = "Other" };

        var model = CapabilitiesModel.Of([FakeConnector.Description, other], hub.Get<HubModel>());

        Assert.Equal(["crm contacts", "mail contacts", "quiet contacts"], model.Connected.Select(row => row.Name));
        Assert.Equal(["Other contacts"], model.Others.Select(row => row.Name));
        Assert.All(model.Connected, row => Assert.Equal(ErasureKind.None, row.Ability.Erasure));
    }
}
