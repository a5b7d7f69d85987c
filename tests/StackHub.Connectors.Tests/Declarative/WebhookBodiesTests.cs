using System.Text;
using StackHub.Connecting;
using StackHub.Connectors.Declarative.Format;
using StackHub.Connectors.Declarative.Webhooks;

namespace StackHub.Connectors.Tests.Declarative;

public sealed class WebhookBodiesTests
{
    [Theory]
    [InlineData(nameof(WebhookBody.Xml), "<note><to id='1'>Ada</to><tag>a</tag><tag>b</tag></note>", """{"note":{"to":"Ada","tag":["a","b"]}}""")]
    [InlineData(nameof(WebhookBody.Xml), "<s:note xmlns:s='urn:x'><s:to>Ada &amp; Bea</s:to></s:note>", """{"note":{"to":"Ada \u0026 Bea"}}""")]
    [InlineData(nameof(WebhookBody.Form), "type=profile&data%5Bemail%5D=ada%40example.com&data%5Bname%5D=Ada+L", """{"type":"profile","data":{"email":"ada@example.com","name":"Ada L"}}""")]
    [InlineData(nameof(WebhookBody.Json), """{"a":[1]}""", """{"a":[1]}""")]
    public void Bodies_of_all_forms_are_named_in_one_way(string form, string body, string json) =>
        Assert.Equal(json, Read(form, body).ToJsonString());

    [Theory]
    [InlineData(nameof(WebhookBody.Xml), "<note>")]
    [InlineData(nameof(WebhookBody.Xml), "<!DOCTYPE n [<!ENTITY x SYSTEM 'file:///etc/hostname'>]><n>&x;</n>")]
    [InlineData(nameof(WebhookBody.Xml), "")]
    [InlineData(nameof(WebhookBody.Form), "")]
    [InlineData(nameof(WebhookBody.Json), "{")]
    [InlineData(nameof(WebhookBody.Json), "null")]
    public void What_is_no_such_body_is_told_without_quoting_it(string form, string body)
    {
        var problem = Assert.Throws<WebhookFormatException>(() => Read(form, body));

        Assert.DoesNotContain("hostname", problem.Message, StringComparison.Ordinal);
    }

    /// <summary>Whoever knows the secret could otherwise end the process with one body.</summary>
    [Fact]
    public void A_body_nested_too_deep_is_refused()
    {
        var xml = string.Concat(Enumerable.Repeat("<a>", 20_000)) + string.Concat(Enumerable.Repeat("</a>", 20_000));

        Assert.Throws<WebhookFormatException>(() => Read(nameof(WebhookBody.Xml), xml));
        Assert.Throws<WebhookFormatException>(() => Read(nameof(WebhookBody.Form), $"a{string.Concat(Enumerable.Repeat("[b]", 20_000))}=1"));
        Assert.Throws<WebhookFormatException>(() => Read(nameof(WebhookBody.Json), new string('[', 20_000) + new string(']', 20_000)));
    }

    private static System.Text.Json.Nodes.JsonNode Read(string form, string body) => WebhookBodies.Read(Enum.Parse<WebhookBody>(form), Encoding.UTF8.GetBytes(body));
}
