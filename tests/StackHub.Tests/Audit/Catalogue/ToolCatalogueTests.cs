using StackHub.Audit.Catalogue;
using StackHub.Audit.Inventory;

namespace StackHub.Tests.Audit.Catalogue;

public sealed class ToolCatalogueTests
{
    private static readonly ToolCatalogue Shipped = ToolCatalogue.Shipped;

    [Fact]
    public void The_shipped_catalogue_knows_the_market()
    {
        Assert.True(Shipped.Tools.Length >= 500);
        Assert.InRange(Shipped.Capabilities.Count, 60, 80);
        Assert.True(Shipped.Tools.Sum(tool => tool.Domains.Length) >= 600);
        Assert.Equal(Shipped.Tools.Select(tool => tool.Id).Order(StringComparer.Ordinal), Shipped.Tools.Select(tool => tool.Id));
    }

    [Theory]
    [InlineData("HubSpot Marketing Hub Professional", "hubspot")]
    [InlineData("HubSpot, Inc.", "hubspot")]
    [InlineData("hub spot", "hubspot")]
    [InlineData("Salesforce.com", "salesforce")]
    [InlineData("Salesforce Service Cloud - Enterprise Edition", "salesforce")]
    [InlineData("Salesforce Marketing Cloud", "salesforce-marketing-cloud")]
    [InlineData("Pardot Growth", "account-engagement")]
    [InlineData("Adobe Marketo Engage", "marketo")]
    [InlineData("Braze Web Mode (Actions)", "braze")]
    [InlineData("Intercom Cloud Mode (Actions)", "intercom")]
    [InlineData("Segment", "segment")]
    [InlineData("Sendinblue", "brevo")]
    [InlineData("ChiliPiper", "chili-piper")]
    [InlineData("CUSTOMER.IO", "customer-io")]
    [InlineData("DocuSign", "docusign")]
    [InlineData("hs-scripts.com", "hubspot")]
    public void A_name_leads_to_its_product_whatever_edition_mode_or_legal_form_it_wears(string name, string id) => Assert.Equal(id, Shipped.Find(name)?.Id);

    [Theory]
    [InlineData("Drift King Records")]
    [InlineData("Front Row Catering")]
    [InlineData("Professional")]
    [InlineData("Adobe")]
    [InlineData("google.com")]
    [InlineData("...")]
    [InlineData("")]
    [InlineData(null)]
    public void A_name_that_only_begins_like_a_product_leads_nowhere(string? name) => Assert.Null(Shipped.Find(name));

    [Theory]
    [InlineData("https://track.hubspot.com/__ptq.gif?k=1", "hubspot")]
    [InlineData("acme.my.salesforce.com", "salesforce")]
    [InlineData("acme.zendesk.com:443", "zendesk")]
    [InlineData("no-reply@mail.klaviyo.com", "klaviyo")]
    [InlineData("desk.zoho.com", "zoho-desk")]
    [InlineData("www.zoho.com", "zoho-one")]
    [InlineData("nothubspot.com", null)]
    [InlineData("com", null)]
    [InlineData("10.0.0.1", null)]
    [InlineData(null, null)]
    public void A_host_leads_to_the_nearest_domain_above_it(string? host, string? id) => Assert.Equal(id, Shipped.ByDomain(host)?.Id);

    [Fact]
    public void Every_name_alias_and_domain_leads_back_to_its_own_product() => Assert.All(Shipped.Tools, tool =>
    {
        Assert.All(tool.Aliases.Append(tool.Name).Append(tool.Id), name => Assert.Same(tool, Shipped.Find(name)));
        Assert.All(tool.Domains, domain => Assert.Same(tool, Shipped.ByDomain($"https://www.{domain}/")));
    });

    [Fact]
    public void What_much_of_the_market_has_in_common_says_less_than_what_is_rare()
    {
        Assert.True(Shipped.Rarity.Weight("email-marketing") < Shipped.Rarity.Weight("cpq"));
        Assert.All(Shipped.Capabilities.Keys, capability => Assert.True(Shipped.Rarity.Weight(capability) > 0));
        Assert.Equal(Math.Log((double)Shipped.Tools.Length / Shipped.Tools.Count(tool => tool.Capabilities.Contains("cpq"))), Shipped.Rarity.Weight("cpq"), 12);
    }

    [Fact]
    public void An_inventory_takes_over_what_the_product_is()
    {
        IToolCatalogue catalogue = Shipped;

        var tool = catalogue.ByName("HubSpot Sales Hub Enterprise")!;

        Assert.Equal(new ToolId("hubspot"), tool.Id);
        Assert.Equal("HubSpot", tool.Name);
        Assert.Contains("crm", tool.Capabilities);
        Assert.Same(tool, catalogue.ByDomain("api.hubapi.com"));
        Assert.Null(catalogue.ByDomain("example.com"));
    }

    [Theory]
    [InlineData("{ id: a, name: A, categories: [c], capabilities: [x] }", "{ id: a, name: Other, categories: [c], capabilities: [y] }", "The name 'a' is claimed by a and a; it can belong to one.")]
    [InlineData("{ id: a, name: A, categories: [c], capabilities: [x] }", "{ id: b, name: B, aliases: ['A!'], categories: [c], capabilities: [y] }", "The name 'a' is claimed by a and b; it can belong to one.")]
    [InlineData("{ id: a, name: A, domains: [a.com], categories: [c], capabilities: [x] }", "{ id: b, name: B, domains: [a.com], categories: [c], capabilities: [y] }", "The domain 'a.com' is claimed by a and b; it can belong to one.")]
    [InlineData("{ id: a, name: A, domains: [co.uk], categories: [c], capabilities: [x, y] }", "", "Tool 'a': 'co.uk' is no host name that somebody registered.")]
    [InlineData("{ id: a, name: A, domains: [A.com], categories: [c], capabilities: [x, y] }", "", "Tool 'a': 'A.com' is no host name that somebody registered.")]
    [InlineData("{ id: a, name: A, aliases: [Ay, AY], categories: [c], capabilities: [x, y] }", "", "Tool 'a': 'AY' is written twice; remove one.")]
    [InlineData("{ id: a, name: A, categories: [c], capabilities: [x, y, z] }", "", "Tool 'a': there is no capability 'z'; add it to the list at the top, or use one of those.")]
    [InlineData("{ id: a, name: A, capabilities: [x, y] }", "{ id: b, name: B, categories: [c], capabilities: [x] }", "Tool 'a' has no category.")]
    [InlineData("{ id: A_b, name: A, categories: [c], capabilities: [x, y] }", "", "Tool 'A_b': an id is of lower-case letters, digits and single dashes.")]
    [InlineData("{ id: a, name: '!', categories: [c], capabilities: [x, y] }", "", "Tool 'a' has no name.")]
    [InlineData("{ id: a, name: A, categories: [c], capabilities: [x] }", "", "The capability 'y' is used by no tool; remove it.")]
    public void What_would_make_a_lookup_ambiguous_is_refused_with_its_cure(string one, string other, string problem) =>
        Assert.Contains(problem, Assert.Throws<FormatException>(() => CatalogueFile.Read(Text(one, other))).Message.Split('\n'));

    [Theory]
    [InlineData("")]
    [InlineData("version: 2")]
    [InlineData("<html><body>Sign in</body></html>")]
    [InlineData("version: 1\ntools: [{ idd: a }]")]
    public void What_is_no_catalogue_is_refused(string text) => Assert.Throws<FormatException>(() => CatalogueFile.Read(text));

    private static string Text(params string[] tools) =>
        $"version: 1\ncapabilities: {{ x: Ex, y: Why }}\ncategories: {{ c: See }}\neditions: [pro]\ntools:\n{string.Join('\n', tools.Where(tool => tool.Length > 0).Select(tool => $"  - {tool}"))}";
}
