using System.Text.Json;
using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using StackHub.Connecting;
using StackHub.Connectors.Intercom;
using StackHub.Mapping;
using StackHub.Records;

namespace StackHub.Connectors.Tests.Intercom;

public sealed class IntercomMappingTests
{
    private static readonly ExternalRef Ref = new(Some.System, "contacts", "c1");

    [Fact]
    public void A_contact_write_is_typed_as_the_vendor_types_it()
    {
        var write = Some.Contact(1, Some.Email("a@example.com"), Some.Field("unsubscribed_from_emails", "true", FieldType.Boolean),
            Some.Field("custom_attributes.lead_score", "12.5", FieldType.Number), Some.Field("custom_attributes.seats", "3", FieldType.Number),
            Some.Field("custom_attributes.renews_at", "2026-11-22T10:15:30.000Z", FieldType.Instant), Some.AtCompany("k1")) with { Target = "c1" };

        Assert.Equal(
            """{"email":"a@example.com","unsubscribed_from_emails":true,"custom_attributes":{"lead_score":12.5,"seats":3,"renews_at":1795342530}}""",
            IntercomMapping.ToBody(write).ToJsonString());
    }

    [Fact]
    public void A_cleared_field_is_null_where_the_vendor_allows_null()
    {
        var write = Some.Contact(1, Some.Email(null), Some.Field("phone", null, FieldType.Phone), Some.First(null)) with { Target = "c1" };

        Assert.Equal("""{"email":"","phone":null,"custom_attributes":{"first_name":null}}""", IntercomMapping.ToBody(write).ToJsonString());
    }

    [Fact]
    public void A_create_leaves_blanks_out() =>
        Assert.Equal("{}", IntercomMapping.ToBody(Some.Contact(1, Some.Email(null), Some.First(null))).ToJsonString());

    [Fact]
    public void A_company_has_whole_numbers_and_no_nulls()
    {
        var write = Some.Company(1, Some.Field("size", "12.9", FieldType.Number), Some.Field("industry", null)) with { Target = "k1" };
        var cleared = Some.Company(1, Some.Field("size", null, FieldType.Number)) with { Target = "k1" };

        Assert.Equal("""{"size":12,"industry":""}""", IntercomMapping.ToBody(write).ToJsonString());
        Assert.Equal("""{"size":0}""", IntercomMapping.ToBody(cleared).ToJsonString());
    }

    [Fact]
    public void An_owner_is_a_whole_number_and_nobody_is_null()
    {
        var given = Some.Contact(1, Some.Field("owner_id", "991267")) with { Target = "c1" };
        var taken = Some.Contact(1, Some.Field("owner_id", null)) with { Target = "c1" };

        Assert.Equal("""{"owner_id":991267}""", IntercomMapping.ToBody(given).ToJsonString());
        Assert.Equal("""{"owner_id":null}""", IntercomMapping.ToBody(taken).ToJsonString());
        Assert.Equal("991267", Read("""{"id":"c1","owner_id":991267}""", "owner_id")["owner_id"].Text);
        Assert.Null(Read("""{"id":"c1","owner_id":null}""", "owner_id")["owner_id"].Text);
    }

    [Fact]
    public void An_unknown_company_size_reads_as_blank() =>
        Assert.Null(Read("""{"id":"k1","size":0}""", "size")["size"].Text);

    [Fact]
    public void Numbers_booleans_and_times_read_as_canonical_text()
    {
        var fields = Read(
            """{"custom_attributes":{"lead_score":12.50,"vip":true,"renews_at":1795342530},"signed_up_at":1795342530}""",
            "custom_attributes.lead_score", "custom_attributes.vip", "custom_attributes.renews_at", "signed_up_at");

        Assert.Equal(["12.5", "true", "2026-11-22T10:15:30.000Z", "2026-11-22T10:15:30.000Z"], fields.Values.Select(v => v.Text));
    }

    [Fact]
    public void The_one_name_is_read_when_both_attributes_are_absent()
    {
        var fields = Read("""{"name":"Mary Ann Smith","custom_attributes":{}}""", "custom_attributes.first_name", "custom_attributes.last_name");

        Assert.Equal(["Mary Ann", "Smith"], fields.Values.Select(v => v.Text));
        Assert.All(fields.Values, v => Assert.Null(v.At)); // dated as the record
    }

    [Fact]
    public void The_one_name_is_not_read_beside_an_attribute()
    {
        var fields = Read("""{"name":"Mary Ann Smith","custom_attributes":{"first_name":"Mary"}}""", "custom_attributes.first_name", "custom_attributes.last_name");

        Assert.Equal(["Mary", null], fields.Values.Select(v => v.Text));
    }

    [Fact]
    public void Writing_what_was_split_off_reads_back_the_same()
    {
        var before = Read("""{"name":"Mary Ann Smith","custom_attributes":{}}""", "custom_attributes.first_name", "custom_attributes.last_name");
        var written = IntercomContacts.UpdateBody(Some.Contact(1, Some.First("Mary Ann"), Some.Last("Smith")) with { Target = "c1" });

        Assert.Equal("Mary Ann Smith", (string?)written["name"]);
        Assert.Equal(before, Read(written.ToJsonString(), "custom_attributes.first_name", "custom_attributes.last_name"));
    }

    [Theory]
    [InlineData("""{"companies":{"data":[],"has_more":false}}""", true, null)]
    [InlineData("""{"companies":{"data":[{"id":"k1"}],"has_more":false}}""", true, "k1")]
    [InlineData("""{"companies":{"data":[{"id":"k1"},{"id":"k2"}],"has_more":false}}""", false, null)]
    [InlineData("""{"companies":{"data":[{"id":"k1"}],"has_more":true}}""", false, null)]
    [InlineData("""{}""", false, null)]
    public void The_company_is_known_when_there_is_one_or_none(string json, bool known, string? id)
    {
        var fields = Read(json, "company");

        Assert.Equal(known, fields.ContainsKey("company"));
        Assert.Equal(id, fields.GetValueOrDefault("company").Text);
    }

    [Fact]
    public void A_field_the_vendor_did_not_answer_is_unknown_and_the_record_incomplete()
    {
        var record = IntercomMapping.ToRecord(Item("""{"id":"c1","email":"a@example.com"}"""), Ref, default, ["email", "phone"]);

        Assert.Equal(["email"], record.Fields.Keys);
        Assert.False(record.Complete);
    }

    [Fact]
    public void What_is_written_reads_back()
    {
        string[] fields = ["email", "phone", "custom_attributes.job_title", "custom_attributes.first_name", "custom_attributes.last_name"];
        Prop.ForAll<NonEmptyString, int>((text, score) =>
        {
            FieldWrite[] writes = [.. fields.Select(f => Some.Field(f, text.Get)), Some.Field("custom_attributes.lead_score", $"{score}", FieldType.Number)];
            var body = IntercomMapping.ToBody(Some.Contact(1, writes) with { Target = "c1" });
            var read = Read(body.ToJsonString(), [.. writes.Select(w => w.VendorField)]);
            return writes.All(w => read[w.VendorField].Text == w.Value.Text);
        }).QuickCheckThrowOnFailure();
    }

    private static IReadOnlyDictionary<string, ExternalValue> Read(string json, params string[] fields) =>
        IntercomMapping.ToRecord(Item(json), Ref, default, fields).Fields;

    private static IntercomItem Item(string json) => new(JsonSerializer.SerializeToElement(JsonNode.Parse(json)));
}
