namespace StackHub.Sandbox.Tests;

public sealed class SmokeTests
{
    [Fact]
    public async Task All_three_vendors_answer_their_main_reads()
    {
        await using var server = await Started.WithAsync(new() { People = 300 });
        using var salesforce = await VendorClient.OfSalesforceAsync(server);
        using var hubspot = VendorClient.OfHubSpot(server);
        using var intercom = VendorClient.OfIntercom(server);

        var query = await salesforce.QueryAsync("SELECT Id, Name, Account.Name FROM Contact WHERE Email != null ORDER BY SystemModstamp, Id LIMIT 5");
        var list = await hubspot.GetAsync("/crm/v3/objects/contacts?limit=5&properties=email,phone&associations=companies");
        var contacts = await intercom.GetAsync("/contacts?per_page=5");

        Assert.All(server.Vendors, vendor => Assert.Empty(vendor.Stats.Violations));
        Assert.Equal((200, 200, 200), (query.Status, list.Status, contacts.Status));
        Assert.Equal(5, query.Json["records"]!.AsArray().Count);
        Assert.Equal(5, list.Json["results"]!.AsArray().Count);
        Assert.Equal(5, contacts.Json["data"]!.AsArray().Count);
        Assert.All(server.Vendors, vendor => Assert.Empty(vendor.Stats.Violations));
    }
}
