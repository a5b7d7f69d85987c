using System.Text;
using StackHub.Connecting;
using StackHub.Connectors.HubSpot;
using StackHub.Records;

namespace StackHub.Connectors.Tests.HubSpot;

public sealed class HubSpotWebhooksTests
{
    private static readonly SystemId System = new("hubspot");

    [Fact]
    public void A_property_change_is_seen_with_its_own_date_and_nothing_else()
    {
        var seen = Assert.IsType<Change.Seen>(Assert.Single(Parse("""[{"eventId":2409503945,"subscriptionId":2426762,"portalId":143553137,"appId":2633736,"occurredAt":1705422467780,"subscriptionType":"contact.propertyChange","attemptNumber":0,"objectId":1801,"propertyName":"email","propertyValue":"nnn@husbpot.com","changeSource":"CRM_UI","sourceId":"userId:51430432"}]""")));

        Assert.Equal(new ExternalRef(System, "contacts", "1801"), seen.Ref);
        Assert.False(seen.Record.Complete);
        Assert.Equal(new ExternalValue("nnn@husbpot.com", DateTimeOffset.FromUnixTimeMilliseconds(1705422467780)), seen.Record.Fields["email"]);
        Assert.Single(seen.Record.Fields);
    }

    [Fact]
    public void Events_are_put_in_order_with_a_creation_before_changes_of_the_same_moment()
    {
        var changes = Parse("""
            [{"subscriptionType":"contact.propertyChange","occurredAt":30,"objectId":1,"propertyName":"firstname","propertyValue":"late"},
             {"subscriptionType":"contact.propertyChange","occurredAt":10,"objectId":1,"propertyName":"firstname","propertyValue":"early"},
             {"subscriptionType":"contact.creation","occurredAt":10,"objectId":1}]
            """);

        Assert.IsType<Change.Touched>(changes[0]);
        Assert.Equal(["early", "late"], changes.OfType<Change.Seen>().Select(s => s.Record.Fields["firstname"].Text));
    }

    [Fact]
    public void Our_own_changes_are_passed_on() =>
        Assert.Single(Parse("""[{"subscriptionType":"contact.propertyChange","occurredAt":1,"objectId":1,"propertyName":"firstname","propertyValue":"x","changeSource":"INTEGRATION","sourceId":"54321"}]"""));

    [Fact]
    public void A_cleared_property_is_blank() =>
        Assert.Null(Assert.IsType<Change.Seen>(Parse("""[{"subscriptionType":"company.propertyChange","occurredAt":1,"objectId":1,"propertyName":"name","propertyValue":""}]""")[0]).Record.Fields["name"].Text);

    [Fact]
    public void A_time_in_milliseconds_is_read_as_a_time() =>
        Assert.Equal("2026-11-22T00:00:00.000Z", Assert.IsType<Change.Seen>(Parse("""[{"subscriptionType":"deal.propertyChange","occurredAt":1,"objectId":1,"propertyName":"closedate","propertyValue":"1795305600000"}]""")[0]).Record.Fields["closedate"].Text);

    [Fact]
    public void Deletions_and_erasures_are_told_apart()
    {
        var changes = Parse("""[{"subscriptionType":"contact.deletion","occurredAt":1,"objectId":1},{"subscriptionType":"contact.privacyDeletion","occurredAt":2,"objectId":2}]""");

        Assert.Equal([typeof(Change.Deleted), typeof(Change.PrivacyDeleted)], changes.Select(c => c.GetType()));
    }

    [Fact]
    public void A_merge_moves_every_former_id_to_the_survivor()
    {
        var changes = Parse("""[{"subscriptionType":"contact.merge","occurredAt":5,"objectId":3,"primaryObjectId":1,"mergedObjectIds":[2,"4"],"newObjectId":3,"numberOfPropertiesMoved":2}]""");

        Assert.Equal(["1", "2", "4"], changes.OfType<Change.Moved>().Where(m => m.To.Id == "3").Select(m => m.Ref.Id).Order());
        Assert.Equal("3", Assert.Single(changes.OfType<Change.Touched>()).Ref.Id);
    }

    [Theory]
    [InlineData("CONTACT_TO_COMPANY", "contacts/1")]
    [InlineData("COMPANY_TO_CONTACT", "contacts/2")]
    [InlineData("DEAL_TO_CONTACT", "deals/1")]
    [InlineData("CONTACT_TO_DEAL", "deals/2")]
    [InlineData("COMPANY_TO_DEAL", "deals/2")]
    [InlineData("CONTACT_TO_CONTACT", null)]
    [InlineData("CONTACT_TO_TICKET", null)]
    public void An_association_touches_the_record_that_holds_it(string type, string? touched)
    {
        var changes = Parse($$"""[{"subscriptionType":"contact.associationChange","occurredAt":1,"associationType":"{{type}}","fromObjectId":1,"toObjectId":2,"associationRemoved":false}]""");

        Assert.Equal(touched is null ? [] : [$"hubspot/{touched}"], changes.Select(c => c.Ref.ToString()));
    }

    [Fact]
    public void Events_of_the_generic_kind_are_known_by_their_type_id() =>
        Assert.Equal("hubspot/deals/7", Assert.IsType<Change.Touched>(Parse("""[{"subscriptionType":"object.creation","objectTypeId":"0-3","occurredAt":1,"objectId":7}]""")[0]).Ref.ToString());

    [Fact]
    public void Unknown_events_and_those_of_other_accounts_are_left_out() =>
        Assert.Empty(Parse("""[{"subscriptionType":"ticket.creation","occurredAt":1,"objectId":1},{"subscriptionType":"contact.somethingNew","occurredAt":1,"objectId":1},{"subscriptionType":"contact.creation","portalId":2,"occurredAt":1,"objectId":1}]""", ("portalId", "1")));

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[null]")]
    [InlineData("{\"a\":1}")]
    [InlineData("""[{"objectId":"secret@example.com"}]""")]
    [InlineData("""[{"subscriptionType":"contact.creation","occurredAt":1}]""")]
    [InlineData("""[{"subscriptionType":"contact.deletion","objectId":1,"occurredAt":-5}]""")]
    [InlineData("""[{"subscriptionType":"contact.deletion","objectId":1,"occurredAt":"secret@example.com"}]""")]
    [InlineData("""[{"subscriptionType":"contact.propertyChange","objectId":1,"occurredAt":1}]""")]
    [InlineData("""[{"subscriptionType":"contact.merge","objectId":1,"occurredAt":1,"mergedObjectIds":[{"secret@example.com":1}]}]""")]
    public void A_malformed_body_is_refused_without_its_values(string body)
    {
        var e = Assert.Throws<WebhookFormatException>(() => Parse(body));

        Assert.DoesNotContain("secret", e.ToString(), StringComparison.Ordinal);
    }

    private static IReadOnlyList<Change> Parse(string body, params (string Name, string Value)[] settings) =>
        new HubSpotWebhooks(System, new HubSpotOptions(settings.ToDictionary(s => s.Name, s => s.Value))).Parse(Encoding.UTF8.GetBytes(body));
}
