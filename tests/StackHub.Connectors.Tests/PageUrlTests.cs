using StackHub.Testing.Connecting;

namespace StackHub.Connectors.Tests;

/// <summary>Where a person opens a record, by what the settings know.</summary>
public sealed class PageUrlTests
{
    [Theory]
    [InlineData("salesforce", "Contact", "loginUrl=https://acme.my.salesforce.com/", "https://acme.my.salesforce.com/{id}")]
    [InlineData("hubspot", "contacts", "portalId=4711", "https://app.hubspot.com/contacts/4711/record/0-1/{id}")]
    [InlineData("hubspot", "deals", "portalId=4711", "https://app.hubspot.com/contacts/4711/record/0-3/{id}")]
    [InlineData("hubspot", "contacts", "", null)]
    [InlineData("intercom", "contacts", "workspaceId=ab12cd", "https://app.intercom.com/a/apps/ab12cd/users/{id}/all-conversations")]
    [InlineData("intercom", "companies", "workspaceId=ab12cd;baseUrl=https://api.eu.intercom.io", "https://app.eu.intercom.com/a/apps/ab12cd/companies/{id}")]
    [InlineData("intercom", "contacts", "", null)]
    public void Every_connector_says_it_as_far_as_it_knows(string vendor, string type, string settings, string? expected)
    {
        var values = new Dictionary<string, string> { ["accessToken"] = "t", ["clientId"] = "c", ["clientSecret"] = "s", ["refreshToken"] = "r" };
        foreach (var setting in settings.Split(';', StringSplitOptions.RemoveEmptyEntries))
            values[setting.Split('=')[0]] = setting.Split('=')[1];
        using var tokens = new FakeTokens();

        var connector = Connectors.All.First(factory => factory.Info.Vendor == vendor).Create(new(new(vendor), values, new FakeBudget(TimeProvider.System), tokens, TimeProvider.System));

        Assert.Equal(expected, connector.Info.Objects.First(known => known.ObjectType == type).PageUrl);
    }
}
