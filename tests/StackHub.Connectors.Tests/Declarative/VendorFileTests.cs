using System.Text.Json.Nodes;
using StackHub.Connectors.Declarative;

namespace StackHub.Connectors.Tests.Declarative;

public sealed class VendorFileTests
{
    private static readonly string Good = VendorFiles.Text("vendors/outreach.yaml");

    [Theory]
    [InlineData("hosts: [api.outreach.io]", "hosts: [api.example.com]", "The base's host is not among hosts.")]
    [InlineData("https://api.outreach.io/oauth/token", "https://tokens.example.com/x", "The host of tokenUrl is not among hosts.")]
    [InlineData("base: https://", "base: http://", "The base is not an https address.")]
    [InlineData("docs:", "dcos:", "There is no key 'dcos' here.")]
    [InlineData("{{ setting.requester }}", "{{ settings.requester }}", "'settings.requester' is not a name that can be looked up.")]
    [InlineData("GET /prospects/{{ id }}", "GET /prospects/{{ setting.ident }}", "There is no setting 'ident'.")]
    [InlineData("requester_email: \"{{ setting.requester }}\"", "requester_email: \"{{ setting.dpo }}\"", "There is no setting 'dpo'.")]
    [InlineData("GET /complianceRequests/", "GET https://evil.example/", "A method and a path, such as GET /contacts/{{ id }}, is expected, but 'GET https://evil.example/{{ ticket }}' is here.")]
    [InlineData("then: gone", "then: vanished", "One of refused, exists, gone, retry, person is expected, but 'vanished' is here.")]
    [InlineData("header=Outreach-Webhook-Signature", "hat=x", "'hat=x' is not known there: hex, base64, header=, query=, prefix=, base=, timestamp=, window=300s, secret=.")]
    [InlineData("field: emailOptedOut", "field: nothing", "There is no field 'nothing'.")]
    [InlineData("object: prospects, id: \"{{ event.data.id }}\" }", "object: people, id: \"{{ event.data.id }}\" }", "There is no object type 'people'.")]
    public void A_mistake_is_told_with_its_line(string right, string wrong, string message)
    {
        var text = Good.Replace(right, wrong, StringComparison.Ordinal);

        var read = VendorFile.Parse(text, "x.yaml");

        Assert.Null(read.Factory);
        var problem = read.Problems.First(problem => problem.Message == message);
        Assert.InRange(problem.Line, 2, text.Split('\n').Length);
        Assert.NotEmpty(problem.Cure);
    }

    [Fact]
    public void A_template_s_mistake_is_told_where_the_template_is()
    {
        var text = Good.Replace("GET /prospects/{{ id }}", "GET /prospects/{{ setting.ident }}", StringComparison.Ordinal);

        var problem = VendorFile.Parse(text, "x.yaml").Problems[0];

        Assert.Contains("setting.ident", text.Split('\n')[problem.Line - 1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("a: [")]
    [InlineData("- 1")]
    public void What_is_no_file_of_a_vendor_is_refused(string text) => Assert.NotEmpty(VendorFile.Parse(text, "x.yaml").Problems);

    [Theory]
    [InlineData("https://evil.example/3.0", "us21", "'baseUrl'")]
    [InlineData("https://us21.api.mailchimp.com.evil.example", "us21", "'baseUrl'")]
    [InlineData("http://us21.api.mailchimp.com/3.0", "us21", "'baseUrl'")]
    [InlineData(null, "evil.example/", "'dataCenter'")]
    [InlineData(null, "x@evil", "'dataCenter'")]
    public void No_setting_leads_to_a_host_that_the_file_does_not_name(string? baseUrl, string dataCenter, string named)
    {
        var settings = new Dictionary<string, string> { ["apiKey"] = "k", ["list"] = "l", ["dataCenter"] = dataCenter, ["baseUrl"] = baseUrl ?? "" };

        var problems = Mailchimp.Problems(settings);

        Assert.Contains(named, Assert.Single(problems), StringComparison.Ordinal);
    }

    [Fact]
    public void A_setting_that_is_a_part_of_the_host_is_taken_when_it_is_one() =>
        Assert.Empty(Mailchimp.Problems(new Dictionary<string, string> { ["apiKey"] = "k", ["list"] = "l", ["dataCenter"] = "us21" }));

    [Fact]
    public void The_schema_knows_every_key_that_the_reader_knows()
    {
        var schema = JsonNode.Parse(VendorSchema.Json())!;

        Assert.Contains("webhook", schema["properties"]!.AsObject().Select(property => property.Key));
        Assert.Equal(["vendor", "name", "docs", "base", "hosts", "auth", "objects"], schema["required"]!.AsArray().Select(key => (string)key!));
        Assert.NotNull(schema["properties"]!["objects"]!["additionalProperties"]!["properties"]!["erase"]!["properties"]!["confirm"]);
    }

    private static StackHub.Connecting.IConnectorFactory Mailchimp => StackHub.Connectors.Connectors.All.Single(factory => factory.Info.Vendor == "mailchimp");
}
