using System.Globalization;
using System.Text;
using StackHub.Connecting;
using StackHub.Connectors.Klaviyo;

namespace StackHub.Connectors.Tests.Klaviyo;

public sealed class KlaviyoWebhooksTests
{
    private const string Secret = "sixteen-characters-or-more";
    private const string Body = """{"data":[{"topic":"event:klaviyo.unsubscribed_from_email_marketing","external_id":"5x1","payload":{"data":{"type":"event","id":"5x1","relationships":{"profile":{"data":{"type":"profile","id":"01ADA"}}}}}}],"meta":{}}""";
    private static readonly DateTimeOffset Now = new(2026, 11, 22, 10, 15, 30, TimeSpan.Zero);
    private static readonly KlaviyoWebhooks Webhooks = new(Some.System, Secret);

    /// <summary>Computed with OpenSSL: printf '%s%s' "$body" "$timestamp" | openssl dgst -sha256 -hmac "$secret".</summary>
    [Fact]
    public void The_body_comes_first_and_the_timestamp_behind_it()
    {
        var request = Request("Sun, 22 Nov 2026 10:15:30 GMT", "249863003e8a0b76a8c7ca7a791c1ba3a5b3b220d6cba3c210bb18d4481f6576", """{"data":[]}""");

        Assert.Equal(SignatureVerdict.Valid, Webhooks.Verify(request, Now));
    }

    [Theory]
    [InlineData("Sun, 22 Nov 2026 10:15:30 GMT")]
    [InlineData("2026-11-22T10:15:30+00:00")]
    [InlineData("2026-11-22T10:15:30")]
    [InlineData("1795342530")]
    [InlineData("1795342530000")]
    public void The_time_may_be_written_in_each_way_that_was_seen(string timestamp)
    {
        var request = Signed(timestamp);

        Assert.Equal(SignatureVerdict.Valid, Webhooks.Verify(request, Now.AddMinutes(4)));
        Assert.Equal(SignatureVerdict.Expired, Webhooks.Verify(request, Now.AddMinutes(6)));
        Assert.Equal(SignatureVerdict.Expired, Webhooks.Verify(request, Now.AddMinutes(-6)));
    }

    [Fact]
    public void What_is_not_signed_as_it_must_be_is_let_in_by_nobody()
    {
        var genuine = Signed("1795342530");

        Assert.Equal(SignatureVerdict.Mismatch, Webhooks.Verify(Signed("some day"), Now));
        Assert.Equal(SignatureVerdict.Mismatch, new KlaviyoWebhooks(Some.System, null).Verify(genuine, Now));
        Assert.Equal(SignatureVerdict.Mismatch, Webhooks.Verify(genuine with { Headers = new Dictionary<string, string>(genuine.Headers) { ["klaviyo-timestamp"] = "1795342531" } }, Now));
        Assert.Equal(SignatureVerdict.Missing, Webhooks.Verify(genuine with { Headers = new Dictionary<string, string> { ["klaviyo-signature"] = "00" } }, Now));
    }

    [Fact]
    public void Each_profile_of_a_delivery_is_touched_once()
    {
        var twice = Body.Replace("[{", "[" + Body[Body.IndexOf('{', 1)..Body.IndexOf("],", StringComparison.Ordinal)] + ",{", StringComparison.Ordinal);

        var change = Assert.Single(Webhooks.Parse(Encoding.UTF8.GetBytes(twice)));

        Assert.Equal(new(Some.System, "profiles", "01ADA"), Assert.IsType<Change.Touched>(change).Ref);
    }

    [Theory]
    [InlineData("""{"data":[{"topic":"event:klaviyo.x","payload":{"data":{"relationships":{}}}}]}""")]
    [InlineData("""{"data":[{"topic":"event:klaviyo.x","payload":null}]}""")]
    [InlineData("""{"data":[]}""")]
    public void An_event_about_nobody_says_nothing(string body) => Assert.Empty(Webhooks.Parse(Encoding.UTF8.GetBytes(body)));

    [Theory]
    [InlineData("""{"data":[null]}""")]
    [InlineData("""{"data":[{"external_id":"1"}]}""")]
    [InlineData("""{"meta":{}}""")]
    [InlineData("""{"data":{"a":"secret@example.com"}}""")]
    public void Another_format_is_refused_without_being_quoted(string body)
    {
        var e = Assert.Throws<WebhookFormatException>(() => Webhooks.Parse(Encoding.UTF8.GetBytes(body)));

        Assert.DoesNotContain("secret", e.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Two_deliveries_of_one_subscription_have_keys_of_their_own() =>
        Assert.NotEqual(Webhooks.ReplayKey(Signed("1795342530")), Webhooks.ReplayKey(Signed("1795342531")));

    private static WebhookRequest Signed(string timestamp) =>
        Request(timestamp, Convert.ToHexString(System.Security.Cryptography.HMACSHA256.HashData(Encoding.UTF8.GetBytes(Secret), Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{Body}{timestamp}")))), Body);

    private static WebhookRequest Request(string timestamp, string signature, string body) => new(
        "POST",
        "https://hub.example.com/hooks/klaviyo",
        new Dictionary<string, string> { ["klaviyo-signature"] = signature, ["klaviyo-timestamp"] = timestamp, ["klaviyo-webhook-id"] = "01W" },
        Encoding.UTF8.GetBytes(body));
}
