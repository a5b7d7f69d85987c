using FsCheck;
using FsCheck.Fluent;
using System.Text.Json;
using StackHub.Connecting;
using StackHub.Connectors.Zendesk;
using StackHub.Mapping;
using StackHub.Records;

namespace StackHub.Connectors.Tests.Zendesk;

public sealed class ZendeskMappingTests
{
    [Fact]
    public void A_new_user_is_an_end_user_with_the_hubs_id_and_is_not_written_to()
    {
        var body = ZendeskMapping.CreateBody(ZendeskType.Users, Some.User(1, Some.Email("a@example.com"), Some.First("Mary Ann"), Some.Last("Smith"), Some.Title(null)));

        Assert.Equal(
            """{"email":"a@example.com","name":"Mary Ann Smith","user_fields":{"first_name":"Mary Ann","last_name":"Smith"},"skip_verify_email":true,"external_id":"00000000000070008000000000000001","role":"end-user"}""",
            JsonSerializer.Serialize(body, ZendeskWire.Default.JsonObject));
    }

    [Theory]
    [InlineData(null, null, "a@example.com", "a@example.com")]
    [InlineData(null, null, null, "(no name)")]
    [InlineData("Ada", null, "a@example.com", "Ada")]
    public void A_name_is_never_blank(string? first, string? last, string? email, string expected) => Assert.Equal(expected, ZendeskName.Of(first, last, email));

    [Theory]
    [InlineData("Mary Ann Smith", "Mary Ann", "Smith")]
    [InlineData("Cher", "Cher", null)]
    [InlineData("(no name)", null, null)]
    [InlineData("a@example.com", null, null)]
    public void The_one_name_is_read_where_there_are_not_two(string name, string? first, string? last)
    {
        var record = Read($$"""{"id":1,"role":"end-user","name":"{{name}}","user_fields":{"first_name":null} }""", [ZendeskFields.FirstName, ZendeskFields.LastName]);

        Assert.Equal((first, last), (record.Fields[ZendeskFields.FirstName].Text, record.Fields[ZendeskFields.LastName].Text));
    }

    [Fact]
    public void Writing_one_half_of_an_only_name_keeps_the_other()
    {
        var current = Some.Item("""{"id":7,"role":"end-user","name":"Ada Byron","user_fields":{}}""");

        var body = ZendeskMapping.UpdateBody(ZendeskType.Users, Some.User(1, Some.Last("Lovelace")) with { Target = "7" }, current);

        Assert.Equal("Ada Lovelace", (string?)body["name"]);
        Assert.Equal("Ada", (string?)body["user_fields"]!["first_name"]);
    }

    [Fact]
    public void An_unchanged_address_is_not_sent_and_a_cleared_one_neither()
    {
        var current = Some.Item("""{"id":7,"role":"end-user","name":"Ada","email":"ada@example.com"}""");

        var same = ZendeskMapping.UpdateBody(ZendeskType.Users, Some.User(1, Some.Email("ADA@example.com")) with { Target = "7" }, current);
        var cleared = ZendeskMapping.UpdateBody(ZendeskType.Users, Some.User(1, Some.Email(null)) with { Target = "7" }, current);

        Assert.False(same.ContainsKey("email"));
        Assert.False(cleared.ContainsKey("email"));
    }

    [Theory]
    [InlineData("new.example", """["new.example","b.example"]""")]
    [InlineData("b.example", """["b.example"]""")]
    [InlineData(null, """["b.example"]""")]
    public void Only_the_first_domain_is_the_hubs(string? domain, string expected)
    {
        var current = Some.Item("""{"id":7,"name":"Acme","domain_names":["a.example","b.example"]}""");

        var body = ZendeskMapping.UpdateBody(ZendeskType.Organizations, Some.Organization(1, Some.Field("domain", domain)) with { Target = "7" }, current);

        Assert.Equal(expected, body["domain_names"]!.ToJsonString());
    }

    [Fact]
    public void Values_have_the_types_of_their_fields()
    {
        var body = ZendeskMapping.UpdateBody(ZendeskType.Users, Some.User(1,
            Some.Field("user_fields.lead_score", "12.5", FieldType.Number), Some.Field("user_fields.email_opt_out", "true", FieldType.Boolean),
            Some.Field("organization_id", "360", FieldType.Reference), Some.Field("tags", "b;a", FieldType.Set), Some.Field("phone", null, FieldType.Phone)) with { Target = "7" }, default);

        Assert.Equal("""{"organization_id":360,"tags":["b","a"],"phone":"","user_fields":{"lead_score":12.5,"email_opt_out":true},"id":7}""", JsonSerializer.Serialize(body, ZendeskWire.Default.JsonObject));
    }

    [Fact]
    public void What_is_not_there_is_blank_in_a_whole_record_and_unknown_in_a_part_of_one()
    {
        var whole = Read("""{"id":1,"role":"end-user","name":"Ada","user_fields":{},"tags":["b","a"],"organization_id":null}""", ["email", "user_fields.job_title", "tags", "organization_id"]);
        var part = Read("""{"id":1}""", ["email", "user_fields.job_title"]);

        Assert.True(whole.Complete);
        Assert.Equal([null, null, "a;b", null], ((string[])["email", "user_fields.job_title", "tags", "organization_id"]).Select(field => whole.Fields[field].Text));
        Assert.Empty(part.Fields);
    }

    [Fact]
    public void What_is_written_is_what_is_read()
    {
        var texts = ArbMap.Default.GeneratorFor<NonEmptyString>().Select(text => text.Get.Trim()).Where(text => text.Length > 0 && !text.Any(char.IsSurrogate));
        var people =
            from first in texts
            from last in texts
            from title in texts
            from score in Gen.Choose(-1_000_000, 1_000_000)
            from optOut in Gen.Elements("true", "false")
            select (FieldWrite[])[Some.First(first), Some.Last(last), Some.Title(title), Some.Field("user_fields.lead_score", (score / 100m).ToString("0.##", System.Globalization.CultureInfo.InvariantCulture), FieldType.Number), Some.Field("user_fields.email_opt_out", optOut, FieldType.Boolean)];

        Prop.ForAll(people.ToArbitrary(), fields =>
        {
            var body = ZendeskMapping.CreateBody(ZendeskType.Users, Some.User(1, fields));
            var item = Some.Item(JsonSerializer.Serialize(body, ZendeskWire.Default.JsonObject));
            var stored = ZendeskMapping.Stored(ZendeskType.Users, item, fields);
            return fields.All(field => stored[field.VendorField] == field.Value.Text);
        }).QuickCheckThrowOnFailure();
    }

    private static ExternalRecord Read(string json, IReadOnlyList<string> fields) =>
        ZendeskMapping.ToRecord(ZendeskType.Users, Some.Item(json), new ExternalRef(ZendeskUnderTest.System, "users", "1"), DateTimeOffset.UnixEpoch, fields);
}
