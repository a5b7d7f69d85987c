using System.Net;
using StackHub.Connecting;
using StackHub.Sync.Runs;
using StackHub.Web.Tests.Hosting;

namespace StackHub.Web.Tests.Health;

public sealed class HealthTests
{
    [Fact]
    public async Task Everyone_may_ask_whether_the_hub_lives()
    {
        await using var hub = await WebHub.StartAsync();

        var response = await hub.Anonymous.GetAsync(new Uri("healthz", UriKind.Relative));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("{\"status\":\"ok\"}", await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task It_does_not_while_its_store_is_down()
    {
        await using var hub = await WebHub.StartAsync();
        hub.Parts.Break();

        var response = await hub.Anonymous.GetAsync(new Uri("healthz", UriKind.Relative));

        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.Equal("{\"status\":\"unavailable\"}", await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Each_system_says_how_it_fares()
    {
        await using var hub = await WebHub.StartAsync();
        await hub.Get<CursorStore>().SaveFeedAsync(WebHub.Crm, FakeConnector.Contacts, FeedPosition.At(hub.Parts.Time.GetUtcNow() - TimeSpan.FromMinutes(2)), CancellationToken.None);
        await hub.Get<VendorBudget>().BlockAsync(WebHub.Mail, TimeSpan.FromSeconds(30), CancellationToken.None);
        await hub.HookAsync("hooks/crm");

        var health = await hub.JsonAsync("api/health");

        var systems = health.GetProperty("systems").EnumerateArray().ToArray();
        Assert.Equal(120, systems[0].GetProperty("lagSeconds").GetDouble());
        Assert.Equal("reachable", systems[0].GetProperty("reach").GetString());
        Assert.Equal("blocked", systems[1].GetProperty("reach").GetString());
        Assert.False(systems[1].TryGetProperty("lagSeconds", out _));
        Assert.Equal(1, health.GetProperty("queues").GetProperty("inbound").GetInt32());
    }
}
