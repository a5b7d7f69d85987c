using StackHub.EndToEnd.Tests.Staging;

namespace StackHub.EndToEnd.Tests;

public sealed class LostWebhookTests
{
    [Fact]
    public async Task When_every_webhook_is_lost_the_polls_bring_the_changes()
    {
        await using var stage = await Stage.StartAsync(new() { Configuration = text => text.Beside("accessToken", "searchLagSeconds: 2") });
        await stage.OnboardAsync();
        await stage.SyncAsync();
        var delivered = stage.Sandbox.Vendors.Sum(vendor => vendor.WebhooksDelivered);
        foreach (var vendor in stage.Sandbox.Vendors)
            vendor.Webhooks.Drops = 1;
        var people = (await stage.EverywhereAsync()).Take(12).ToArray();
        var systems = stage.Model.Order;

        for (var person = 0; person < people.Length; person++)
            stage.EditTitle(systems[person % systems.Length].Name, people[person], $"Unannounced {person}");
        stage.Sandbox.HubSpot.Edit(new("create", "contacts") { Fields = new Dictionary<string, string?> { ["email"] = "nobody.told@unannounced.example", ["firstname"] = "Nobody", ["lastname"] = "Told" } });
        await stage.PollLateAsync();

        Assert.Equal(delivered, stage.Sandbox.Vendors.Sum(vendor => vendor.WebhooksDelivered));
        for (var person = 0; person < people.Length; person++)
            stage.AssertTitle(people[person], $"Unannounced {person}");
        Assert.Contains(await stage.EverywhereAsync(), record => stage.CanonicalText(record, "email") == "nobody.told@unannounced.example");
        await stage.ConvergedAsync();
    }
}
