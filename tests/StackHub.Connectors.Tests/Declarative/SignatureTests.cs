using System.Text;
using StackHub.Connecting;
using StackHub.Connectors.Declarative.Webhooks;

namespace StackHub.Connectors.Tests.Declarative;

public sealed class SignatureTests
{
    private const string Secret = "yyyyyyyy-yyyy-yyyy-yyyy-yyyyyyyyyyyy";
    private static readonly DateTimeOffset Now = DateTimeOffset.FromUnixTimeSeconds(1613063089);

    /// <summary>HubSpot's own vectors (v1, v2), and two computed from Intercom's and Customer.io's descriptions with a second implementation.</summary>
    [Theory]
    [InlineData("sha256 hex header=S base=secret+body", Secret, "POST", "[{\"eventId\":1,\"subscriptionId\":12345,\"portalId\":62515,\"occurredAt\":1564113600000,\"subscriptionType\":\"contact.creation\",\"attemptNumber\":0,\"objectId\":123,\"changeSource\":\"CRM\",\"changeFlag\":\"NEW\",\"appId\":54321}]", "232db2615f3d666fe21a8ec971ac7b5402d33b9a925784df3ca654d05f4817de")]
    [InlineData("sha256 hex header=S base=secret+method+uri+body", Secret, "GET", "", "eee2dddcc73c94d699f5e395f4b9d454a069a6855fbfa152e91e88823087200e")]
    [InlineData("sha256 hex header=S base=secret+method+uri+body", Secret, "POST", "{\"example_field\":\"example_value\"}", "9569219f8ba981ffa6f6f16aa0f48637d35d728c7e4d93d0d52efaa512af7900")]
    [InlineData("hmac-sha1 hex header=S prefix=sha1= base=body", "secret", "POST", "{\"type\":\"notification_event\"}", "sha1=f3d8e3f3fd442fb2f093e5d59714a8d1b27ba426")]
    [InlineData("hmac-sha256 hex header=S base=v0:timestamp:body timestamp=T window=300s", "secret", "POST", "{\"metric\":\"subscribed\"}", "a7e4dfd97dd784ea96a64bd8d1b759955d5feabcdc1f3d48d3d5956e70234285")]
    public void A_line_describes_the_signature_of_a_vendor(string text, string secret, string method, string body, string signature)
    {
        var (line, problem) = SignatureLine.Parse(text);
        var request = new WebhookRequest(method, "https://www.example.com/webhook_uri", new Dictionary<string, string> { ["s"] = signature, ["t"] = "1613063089" }, Encoding.UTF8.GetBytes(body));

        Assert.Null(problem);
        Assert.Equal(SignatureVerdict.Valid, SignatureCheck.Verify(line!, request, secret, Now));
        Assert.Equal(SignatureVerdict.Mismatch, SignatureCheck.Verify(line!, request with { Body = "x"u8.ToArray() }, secret, Now));
        Assert.Equal(SignatureVerdict.Mismatch, SignatureCheck.Verify(line!, request, secret: null, Now));
        Assert.Equal(SignatureVerdict.Missing, SignatureCheck.Verify(line!, request with { Headers = new Dictionary<string, string>() }, secret, Now));
    }

    [Theory]
    [InlineData(-301)]
    [InlineData(301)]
    public void A_signed_time_outside_the_window_is_expired_on_both_sides(int seconds)
    {
        var line = SignatureLine.Parse("hmac-sha256 hex header=S base=v0:timestamp:body timestamp=T window=300s").Line!;
        var headers = new Dictionary<string, string> { ["s"] = "a7e4dfd97dd784ea96a64bd8d1b759955d5feabcdc1f3d48d3d5956e70234285", ["t"] = "1613063089" };

        var verdict = SignatureCheck.Verify(line, new("POST", "https://x.example", headers, Encoding.UTF8.GetBytes("{\"metric\":\"subscribed\"}")), "secret", Now.AddSeconds(seconds));

        Assert.Equal(SignatureVerdict.Expired, verdict);
    }

    [Theory]
    [InlineData("md5 hex header=S")]
    [InlineData("hmac-sha256 hex base=body")]
    [InlineData("hmac-sha256 hex header=S base=method")]
    [InlineData("hmac-sha256 hex header=S base=timestamp.body")]
    [InlineData("hmac-sha256 hex header=S timestamp=T")]
    [InlineData("hmac-sha256 hex header=S window=9999s")]
    [InlineData("hmac-sha256 hex query=key")]
    public void A_line_that_would_not_protect_is_refused(string text) => Assert.NotNull(SignatureLine.Parse(text).Problem);
}
