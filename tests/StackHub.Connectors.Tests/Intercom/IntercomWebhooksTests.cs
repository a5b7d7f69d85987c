using System.Text;
using StackHub.Connecting;
using StackHub.Connectors.Intercom;
using StackHub.Records;

namespace StackHub.Connectors.Tests.Intercom;

public sealed class IntercomWebhooksTests
{
    private const string FullContact = """
        {"type":"contact","id":"c1","email":"a@example.com","phone":null,"name":"Ada Byron","unsubscribed_from_emails":true,"updated_at":1795342530,
         "custom_attributes":{"plan":"gold"},"companies":{"data":[{"id":"k1"}],"has_more":false}}
        """;

    private readonly IntercomWebhooks webhooks = new(Some.System, Some.Secret);

    [Theory]
    [InlineData("sha1=f3d8e3f3fd442fb2f093e5d59714a8d1b27ba426", SignatureVerdict.Valid)]
    [InlineData("sha1=f3d8e3f3fd442fb2f093e5d59714a8d1b27ba427", SignatureVerdict.Mismatch)]
    [InlineData("f3d8e3f3fd442fb2f093e5d59714a8d1b27ba426", SignatureVerdict.Mismatch)]
    [InlineData("", SignatureVerdict.Missing)]
    public void The_signature_is_over_the_raw_body(string signature, SignatureVerdict verdict) =>
        Assert.Equal(verdict, webhooks.Verify(Request("""{"type":"notification_event"}""", signature), default));

    [Fact]
    public void Without_a_secret_nothing_is_valid()
    {
        var open = new IntercomWebhooks(Some.System, clientSecret: null);

        Assert.Equal(SignatureVerdict.Mismatch, open.Verify(Request("""{"type":"notification_event"}""", "sha1=f3d8e3f3fd442fb2f093e5d59714a8d1b27ba426"), default));
    }

    [Theory]
    [InlineData("contact.user.created")]
    [InlineData("contact.lead.updated")]
    [InlineData("contact.unsubscribed")]
    public void A_whole_contact_is_seen_as_it_was_at_its_update(string topic)
    {
        var seen = Assert.IsType<Change.Seen>(Assert.Single(webhooks.Parse(Notification(topic, FullContact))));

        Assert.Equal(new ExternalRef(Some.System, "contacts", "c1"), seen.Ref);
        Assert.Equal(DateTimeOffset.FromUnixTimeSeconds(1795342530), seen.Record.ModifiedAt);
        Assert.True(seen.Record.Complete);
        Assert.Equal("Byron", seen.Record.Fields["custom_attributes.last_name"].Text);
        Assert.Equal("gold", seen.Record.Fields["custom_attributes.plan"].Text);
        Assert.Equal("true", seen.Record.Fields["unsubscribed_from_emails"].Text);
        Assert.Equal("k1", seen.Record.Fields["company"].Text);
    }

    [Fact]
    public void A_contact_inside_a_subscription_is_touched()
    {
        var change = Assert.Single(webhooks.Parse(Notification("contact.unsubscribed", """{"type":"contact_subscription","contact":{"id":"c1"}}""")));

        Assert.Equal(new Change.Touched(new ExternalRef(Some.System, "contacts", "c1")), change);
    }

    [Theory]
    [InlineData("contact.deleted", "contacts")]
    [InlineData("contact.archived", "contacts")]
    [InlineData("company.deleted", "companies")]
    public void A_deletion_carries_its_id_and_the_notification_its_time(string topic, string objectType)
    {
        var change = Assert.Single(webhooks.Parse(Notification(topic, """{"id":"x1"}""")));

        Assert.Equal(new Change.Deleted(new ExternalRef(Some.System, objectType, "x1"), DateTimeOffset.FromUnixTimeSeconds(1795342600)), change);
    }

    [Fact]
    public void A_merge_moves_the_loser_to_the_survivor()
    {
        var changes = webhooks.Parse(Notification("contact.merged", FullContact.Insert(1, "\"merged_from\":{\"type\":\"contact\",\"id\":\"c0\"},")));

        var moved = Assert.IsType<Change.Moved>(changes[0]);
        Assert.Equal(("c0", "c1"), (moved.Ref.Id, moved.To.Id));
        Assert.IsType<Change.Seen>(changes[1]);
    }

    [Fact]
    public void Attaching_a_company_tells_the_contacts_company()
    {
        var change = Assert.Single(webhooks.Parse(Notification("company.contact.attached", """{"type":"company_contact","contact":{"id":"c1"},"company":{"id":"k1"}}""")));

        Assert.Equal(new("intercom", "contacts", "c1"), (change.Ref.System.Name, change.Ref.ObjectType, change.Ref.Id));
        var seen = Assert.IsType<Change.Seen>(change);
        Assert.True(seen.Record is { TellsChange: true, Complete: false });
        Assert.Equal("k1", Assert.Single(seen.Record.Fields).Value.Text);
    }

    [Fact]
    public void Detaching_a_company_touches_the_contact() =>
        Assert.IsType<Change.Touched>(Assert.Single(webhooks.Parse(Notification("company.contact.detached", """{"type":"company_contact","contact":{"id":"c1"},"company":{"id":"k1"}}"""))));

    [Fact]
    public void A_company_is_seen() =>
        Assert.IsType<Change.Seen>(Assert.Single(webhooks.Parse(Notification("company.updated", """{"type":"company","id":"k1","updated_at":1795342530,"name":"Acme"}"""))));

    [Theory]
    [InlineData("ping")]
    [InlineData("conversation.user.created")]
    public void Other_topics_say_nothing(string topic) =>
        Assert.Empty(webhooks.Parse(Notification(topic, """{"type":"ping","message":"hello"}""")));

    [Theory]
    [InlineData("")]
    [InlineData("not json: ada@example.com")]
    [InlineData("""{"type":"other","id":"ada@example.com"}""")]
    [InlineData("""{"type":"notification_event","topic":"contact.deleted","data":{"item":{"email":"ada@example.com"}}}""")]
    [InlineData("""{"type":"notification_event","topic":"contact.deleted","data":"ada@example.com"}""")]
    [InlineData("""{"type":"notification_event","id":["ada@example.com"]}""")]
    public void A_foreign_body_is_refused_without_its_values(string body)
    {
        var refused = Assert.Throws<WebhookFormatException>(() => webhooks.Parse(Encoding.UTF8.GetBytes(body)));

        Assert.DoesNotContain("ada", refused.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_notification_id_is_the_replay_key() =>
        Assert.Equal("notif_1", webhooks.ReplayKey(new WebhookRequest("POST", "", new Dictionary<string, string>(), Notification("ping", "{}"))));

    private static WebhookRequest Request(string body, string signature) =>
        new("POST", "https://hub.example.com/hooks/intercom", new Dictionary<string, string> { ["x-hub-signature"] = signature }, Encoding.UTF8.GetBytes(body));

    private static ReadOnlyMemory<byte> Notification(string topic, string item) => Encoding.UTF8.GetBytes(
        $$"""{"type":"notification_event","id":"notif_1","topic":"{{topic}}","created_at":1795342600,"data":{"type":"notification_event_data","item":{{item}} } }""");
}
