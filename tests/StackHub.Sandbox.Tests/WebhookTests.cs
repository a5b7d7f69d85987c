using System.Text.Json.Nodes;
using StackHub.Sandbox.Hosting;
using StackHub.Sandbox.Vendors.HubSpot;
using StackHub.Sandbox.Vendors.Intercom;

namespace StackHub.Sandbox.Tests;

public sealed class WebhookTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private static Task Settled(VendorSandbox vendor) => vendor.WebhooksDeliveredAsync(Patience, TestContext.Current.CancellationToken);

    [Fact]
    public async Task A_hubspot_write_by_the_app_echoes_signed_and_named_as_integration()
    {
        await using var server = await Started.EmptyAsync();
        await using var receiver = await Receiver.StartAsync(refusals: 2);
        using var client = VendorClient.OfHubSpot(server);
        server.HubSpot.Webhooks.Target = receiver.Address;
        server.HubSpot.Webhooks.Concurrency = 1;

        await client.PostAsync("/crm/v3/objects/contacts", """{"properties":{"email":"a@example.com"}}""");
        await Settled(server.HubSpot);

        Assert.InRange(receiver.Posts.Count, 3, 5);
        var (body, headers) = receiver.Posts.Last();
        Assert.Equal(HubSpotSignature.V3(server.HubSpot.Webhooks.Secret, "POST", receiver.Address.AbsoluteUri, body, headers["X-HubSpot-Request-Timestamp"]), headers["X-HubSpot-Signature-v3"]);
        var events = receiver.Posts.SelectMany(post => JsonNode.Parse(post.Body)!.AsArray()).ToList();
        Assert.All(events, happened => Assert.Equal("INTEGRATION", happened!["changeSource"]!.ToString()));
        Assert.Contains(events, happened => happened!["subscriptionType"]!.ToString() == "contact.creation");
        Assert.Contains(events, happened => happened!["propertyName"]?.ToString() == "email" && happened["propertyValue"]!.ToString() == "a@example.com");
    }

    [Fact]
    public async Task A_persons_edit_in_hubspot_is_named_as_a_persons()
    {
        await using var server = await Started.EmptyAsync();
        await using var receiver = await Receiver.StartAsync();
        server.HubSpot.Webhooks.Target = receiver.Address;

        server.HubSpot.Edit(new("create", "contacts") { Fields = new Dictionary<string, string?> { ["email"] = "a@example.com" } });
        await Settled(server.HubSpot);

        Assert.NotEmpty(receiver.Posts);
        Assert.All(receiver.Posts.SelectMany(post => JsonNode.Parse(post.Body)!.AsArray()), happened => Assert.Equal("CRM_UI", happened!["changeSource"]!.ToString()));
    }

    [Fact]
    public async Task Dropped_events_never_arrive_and_doubled_ones_arrive_twice()
    {
        await using var server = await Started.EmptyAsync();
        await using var receiver = await Receiver.StartAsync();
        (server.Intercom.Webhooks.Target, server.Intercom.Webhooks.Drops) = (receiver.Address, 1);

        server.Intercom.Ping();
        (server.Intercom.Webhooks.Drops, server.Intercom.Webhooks.Duplicates) = (0, 1);
        server.Intercom.Ping();
        await Settled(server.Intercom);

        Assert.Equal(2, receiver.Posts.Count);
        Assert.Single(receiver.Posts.Select(post => JsonNode.Parse(post.Body)!["id"]!.ToString()).Distinct());
    }

    [Fact]
    public async Task An_intercom_notification_is_signed_over_its_body()
    {
        await using var server = await Started.EmptyAsync();
        await using var receiver = await Receiver.StartAsync();
        server.Intercom.Webhooks.Target = receiver.Address;

        server.Intercom.Edit(new("create", "contacts") { Fields = new Dictionary<string, string?> { ["role"] = "user", ["email"] = "a@example.com" } });
        await Settled(server.Intercom);

        var (body, headers) = Assert.Single(receiver.Posts);
        Assert.Equal(IntercomSignature.Of(server.Intercom.ClientSecret, body), headers["X-Hub-Signature"]);
        Assert.Equal("contact.user.created", JsonNode.Parse(body)!["topic"]!.ToString());
    }

    [Fact]
    public async Task An_outbound_message_repeats_until_somebody_says_ack()
    {
        await using var server = await Started.EmptyAsync();
        await using var deaf = await Receiver.StartAsync(reply: "<Ack>false</Ack>");
        await using var polite = await Receiver.StartAsync(reply: """<notificationsResponse xmlns="http://soap.sforce.com/2005/09/outbound"><Ack>true</Ack></notificationsResponse>""");
        server.Salesforce.Webhooks.Retries = [TimeSpan.Zero, TimeSpan.Zero];

        server.Salesforce.Webhooks.Target = deaf.Address;
        server.Salesforce.Edit(new("create", "Contact") { Fields = new Dictionary<string, string?> { ["LastName"] = "A" } });
        await Settled(server.Salesforce);
        server.Salesforce.Webhooks.Target = polite.Address;
        server.Salesforce.Edit(new("create", "Contact") { Fields = new Dictionary<string, string?> { ["LastName"] = "B" } });
        await Settled(server.Salesforce);

        Assert.Equal((3, 1), (deaf.Posts.Count, polite.Posts.Count));
        Assert.Contains($"<OrganizationId>{server.Salesforce.OrganizationId}</OrganizationId>", polite.Posts.First().Body, StringComparison.Ordinal);
        Assert.Contains("<sf:LastName>B</sf:LastName>", polite.Posts.First().Body, StringComparison.Ordinal);
    }
}
