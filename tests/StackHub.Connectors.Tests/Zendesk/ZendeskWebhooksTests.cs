using System.Text;
using StackHub.Connecting;
using StackHub.Connectors.Zendesk;
using StackHub.Records;

namespace StackHub.Connectors.Tests.Zendesk;

public sealed class ZendeskWebhooksTests
{
    private const string Timestamp = "2026-11-22T10:00:00Z";
    private static readonly DateTimeOffset At = new(2026, 11, 22, 10, 0, 0, TimeSpan.Zero);
    private readonly ZendeskWebhooks webhooks = new(ZendeskUnderTest.System, "secret");

    // Computed with openssl from the documented algorithm, not by Zendesk.
    [Theory]
    [InlineData("CayBMHX84Jcs+Gjj8KtMjQtzhSpxPfRQpECZPXdqoPw=", "{\"type\":\"ping\"}", SignatureVerdict.Valid)]
    [InlineData("xun9ODUj53WO8Xf2yROYr441bRUcQOwhJewMoxyEFmg=", "", SignatureVerdict.Valid)]
    [InlineData("CayBMHX84Jcs+Gjj8KtMjQtzhSpxPfRQpECZPXdqoPw=", "{\"type\":\"pong\"}", SignatureVerdict.Mismatch)]
    [InlineData("", "", SignatureVerdict.Missing)]
    public void The_signature_is_over_the_timestamp_and_the_raw_body(string signature, string body, SignatureVerdict verdict) =>
        Assert.Equal(verdict, webhooks.Verify(Request(body, signature, Timestamp), At));

    [Fact]
    public void Another_timestamp_is_another_signature() =>
        Assert.Equal(SignatureVerdict.Mismatch, webhooks.Verify(Request("", "xun9ODUj53WO8Xf2yROYr441bRUcQOwhJewMoxyEFmg=", "2026-11-22T10:00:01Z"), At));

    [Theory]
    [InlineData(299, SignatureVerdict.Valid)]
    [InlineData(-299, SignatureVerdict.Valid)]
    [InlineData(301, SignatureVerdict.Expired)]
    [InlineData(-301, SignatureVerdict.Expired)]
    public void The_window_has_two_sides(int seconds, SignatureVerdict verdict) =>
        Assert.Equal(verdict, webhooks.Verify(Request("", "xun9ODUj53WO8Xf2yROYr441bRUcQOwhJewMoxyEFmg=", Timestamp), At.AddSeconds(seconds)));

    [Fact]
    public void Without_a_secret_nothing_is_valid() =>
        Assert.Equal(SignatureVerdict.Mismatch, new ZendeskWebhooks(ZendeskUnderTest.System, null).Verify(Request("", "xun9ODUj53WO8Xf2yROYr441bRUcQOwhJewMoxyEFmg=", Timestamp), At));

    [Theory]
    [InlineData("zen:event-type:user.created")]
    [InlineData("zen:event-type:user.custom_field_changed")]
    [InlineData("zen:event-type:user.identity_created")]
    [InlineData("zen:event-type:user.merged")]
    [InlineData("zen:event-type:user.active_changed")]
    public void A_changed_user_is_read(string type) =>
        Assert.Equal([new Change.Touched(User("123"))], webhooks.Parse(Event(type, "zen:user:123")));

    [Theory]
    [InlineData("zen:event-type:user.active_changed", "\"current\":false,\"previous\":true", "user")]
    [InlineData("zen:event-type:user.deleted", "", "user")]
    [InlineData("zen:event-type:organization.deleted", "", "organization")]
    public void A_deletion_is_told_at_its_time(string type, string happened, string kind) =>
        Assert.Equal([new Change.Deleted(new ExternalRef(ZendeskUnderTest.System, $"{kind}s", "123"), At)], webhooks.Parse(Event(type, $"zen:{kind}:123", happened)));

    [Theory]
    [InlineData("zen:event-type:user.name_changed", "agent", 0)]
    [InlineData("zen:event-type:user.role_changed", "agent", 1)]
    [InlineData("zen:event-type:user.last_login_changed", "end-user", 0)]
    [InlineData("zen:event-type:article.published", "end-user", 0)]
    public void Staff_and_noise_are_left_alone(string type, string role, int changes) =>
        Assert.Equal(changes, webhooks.Parse(Event(type, "zen:user:123", "", role)).Count);

    [Theory]
    [InlineData("{\"type\":\"zen:event-type:user.created\"}")]
    [InlineData("{\"type\":\"zen:event-type:user.created\",\"subject\":\"zen:user:ada@example.com\"}")]
    [InlineData("{\"type\":\"zen:event-type:user.created\",\"subject\":\"zen:user:1\",\"time\":\"ada@example.com\"}")]
    [InlineData("{\"type\":\"other\",\"subject\":\"zen:user:1\"}")]
    [InlineData("{\"type\":17}")]
    public void A_foreign_body_is_refused_without_its_values(string body) =>
        Assert.DoesNotContain("ada", Assert.Throws<WebhookFormatException>(() => webhooks.Parse(Encoding.UTF8.GetBytes(body))).ToString(), StringComparison.Ordinal);

    [Fact]
    public void The_events_id_is_the_replay_key() =>
        Assert.Equal("e1", webhooks.ReplayKey(new WebhookRequest("POST", "", new Dictionary<string, string>(), Event("zen:event-type:user.created", "zen:user:1"))));

    private static ExternalRef User(string id) => new(ZendeskUnderTest.System, "users", id);

    private static WebhookRequest Request(string body, string signature, string timestamp) => new(
        "POST",
        "https://hub.example.com/hooks/zendesk",
        new Dictionary<string, string> { ["x-zendesk-webhook-signature"] = signature, ["x-zendesk-webhook-signature-timestamp"] = timestamp },
        Encoding.UTF8.GetBytes(body));

    private static ReadOnlyMemory<byte> Event(string type, string subject, string happened = "", string role = "end-user") => Encoding.UTF8.GetBytes(
        $$"""{"type":"{{type}}","account_id":1,"id":"e1","time":"{{Timestamp}}","zendesk_event_version":"2022-06-20","subject":"{{subject}}","detail":{"id":"123","role":"{{role}}"},"event":{ {{happened}} } }""");
}
