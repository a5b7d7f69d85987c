using StackHub.Connecting;
using StackHub.Connectors.Marketo;

namespace StackHub.Connectors.Tests.Marketo;

public sealed class MarketoSettingsTests : MarketoScene
{
    private static readonly Dictionary<string, string> Good = new() { ["baseUrl"] = "https://123-abc-456.mktorest.com", ["clientId"] = "c", ["clientSecret"] = "s" };

    [Fact]
    public void Good_settings_have_no_problems_and_all_problems_come_at_once()
    {
        Assert.Empty(MarketoOptions.Problems(Good));
        Assert.Equal(3, MarketoOptions.Problems(new Dictionary<string, string>()).Count());
        Assert.Equal(5, MarketoOptions.Problems(new Dictionary<string, string>(Good)
        {
            ["baseUrl"] = "http://example.com", ["leadsSince"] = "yesterday", ["batch"] = "301", ["concurrency"] = "11", ["exportSmartList"] = "all",
        }).Count());
    }

    [Fact]
    public void The_secret_is_not_printed() =>
        Assert.DoesNotContain("s3cret", MarketoOptions.From(new Dictionary<string, string>(Good) { ["clientSecret"] = "s3cret" }).ToString(), StringComparison.Ordinal);

    [Fact]
    public async Task Setup_creates_the_field_once_and_check_is_content_then()
    {
        await StartAsync(options: null, withSetup: false);

        var before = await Connector.CheckAsync(default);
        var created = await ((IVendorSetup)Connector).EnsureCustomFieldsAsync(default);
        var again = await ((IVendorSetup)Connector).EnsureCustomFieldsAsync(default);

        Assert.Contains("stackhubId", Assert.Single(before), StringComparison.Ordinal);
        Assert.Single(created);
        Assert.Empty(again);
        Assert.Empty(await Connector.CheckAsync(default));
    }

    [Fact]
    public async Task Wrong_credentials_are_told_by_check()
    {
        var problems = await Vendor.Connect(new StackHub.Testing.Connecting.FakeTokens(), null, ("clientSecret", "wrong")).CheckAsync(default);

        Assert.Contains("clientSecret", Assert.Single(problems), StringComparison.Ordinal);
    }

    [Fact]
    public void A_preview_shows_the_look_up_and_the_create()
    {
        var planned = Connector.Preview("leads", [Some.Lead(1, Some.Email("a@example.com")), Some.Lead(2, Some.Field("title", "x")) with { Target = "7" }]);

        Assert.Equal(["POST /rest/v1/leads.json", "GET /rest/v1/leads.json?filterType=email&filterValues=a%40example.com&fields=id,email,stackhubId&batchSize=300", "POST /rest/v1/leads.json"], planned.Select(p => p.ToString()));
        Assert.Equal("""{"action":"updateOnly","input":[{"title":"x","id":7}],"lookupField":"id"}""", planned[0].Body);
    }
}
