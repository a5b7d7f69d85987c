using System.Text;
using StackHub.Connecting;

namespace StackHub.Connectors.Tests.Marketo;

public sealed class MarketoWebhooksTests : MarketoScene
{
    [Fact]
    public void There_are_none_without_a_token()
    {
        Assert.Null(Connector.Webhooks);
        Assert.Null(Connector.Info.WebhookScheme);
    }

    [Theory]
    [InlineData("t0ken", SignatureVerdict.Valid)]
    [InlineData("T0ken", SignatureVerdict.Mismatch)]
    [InlineData("t0ken ", SignatureVerdict.Mismatch)]
    [InlineData("", SignatureVerdict.Missing)]
    [InlineData(null, SignatureVerdict.Missing)]
    public void The_token_is_compared(string? sent, SignatureVerdict verdict)
    {
        var headers = sent is null ? new Dictionary<string, string>() : new Dictionary<string, string> { ["x-stackhub-token"] = sent };

        Assert.Equal(verdict, Receiver().Verify(new("POST", "https://hub.example.com/hooks/marketo", headers, Body("{}")), default));
    }

    [Theory]
    [InlineData("""{"leadId": 318581}""")]
    [InlineData("""{"leadId": "318581", "email": "ignored"}""")]
    public void A_call_only_names_a_lead_to_read(string body) =>
        Assert.Equal("318581", Assert.IsType<Change.Touched>(Assert.Single(Receiver().Parse(Body(body)))).Ref.Id);

    [Theory]
    [InlineData("")]
    [InlineData("not json <or anything>")]
    [InlineData("""{"leadId":""")]
    [InlineData("""{"leadId": 0}""")]
    [InlineData("""{"leadId": "{{lead.Id}}"}""")]
    [InlineData("[1,2]")]
    public void Anything_else_is_refused(string body) => Assert.Throws<WebhookFormatException>(() => Receiver().Parse(Body(body)));

    private IWebhookReceiver Receiver() => Connect(("webhookToken", "t0ken")).Webhooks!;

    private static ReadOnlyMemory<byte> Body(string body) => Encoding.UTF8.GetBytes(body);
}
