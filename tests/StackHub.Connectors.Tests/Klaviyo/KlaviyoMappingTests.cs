using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using StackHub.Connecting;
using StackHub.Connectors.Klaviyo;
using StackHub.Mapping;
using StackHub.Records;

namespace StackHub.Connectors.Tests.Klaviyo;

public sealed class KlaviyoMappingTests
{
    private static readonly string[] Names = ["first_name", "organization", "location.city", "properties.tier", "properties.a.b"];

    private static readonly Arbitrary<FieldWrite> Fields = Arb.From(
        from name in Gen.Elements(Names)
        from type in Gen.Elements(FieldType.Text, FieldType.Number, FieldType.Boolean, FieldType.Date, FieldType.Set, FieldType.Choice)
        from text in ArbMap.Default.GeneratorFor<string?>()
        from number in ArbMap.Default.GeneratorFor<decimal>()
        from flag in ArbMap.Default.GeneratorFor<bool>()
        select new FieldWrite(name, type, new(CanonicalText.Of(type, TextOf(type, text, number, flag))?.Text)));

    [Fact]
    public void What_is_written_is_read_back_there_and_back() => Prop.ForAll(Fields, field =>
    {
        var write = new RecordWrite(Some.Id(1), "profiles", [field]);
        var profile = Answered(KlaviyoMapping.ToAttributes(write).ToJsonString());

        return KlaviyoMapping.Says(profile, write) && CanonicalText.Of(field.Type, KlaviyoMapping.Stored(profile, write)[field.VendorField]) == field.Value;
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Cleared_is_null_and_only_a_create_gives_the_hubs_id()
    {
        var write = Some.Person(1, Some.First(null), Some.Field("location.city", null), Some.Field("properties.tier", null));

        Assert.Equal("""{"first_name":null,"location":{"city":null},"properties":{"tier":null}}""", KlaviyoMapping.ToAttributes(write with { Target = "01X" }).ToJsonString());
        Assert.Contains("\"external_id\":\"00000000000070008000000000000001\"", KlaviyoMapping.ToAttributes(write).ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Properties_have_types_and_attributes_are_texts()
    {
        var write = Some.Person(1, Some.Field("properties.score", "12.5", FieldType.Number), Some.Field("properties.vip", "true", FieldType.Boolean), Some.Field("properties.tags", "a;b", FieldType.Set), Some.Field("title", "5", FieldType.Number)) with { Target = "01X" };

        Assert.Equal("""{"properties":{"score":12.5,"vip":true,"tags":["a","b"]},"title":"5"}""", KlaviyoMapping.ToAttributes(write).ToJsonString());
    }

    [Fact]
    public void A_property_nobody_set_is_blank_and_an_attribute_that_was_not_answered_is_unknown()
    {
        var record = KlaviyoMapping.ToRecord(Answered("""{"email":"a@example.com","properties":{"nested":{"x":1}},"updated":"2026-11-01T10:00:00+00:00"}"""), new(Some.System, "profiles", "01X"),
            ["email", "title", "properties.tier", "properties.nested", "location.city", "subscriptions.email_opt_out"], list: null);

        Assert.Equal(["email", "properties.tier", "location.city"], record.Fields.Keys);
        Assert.Equal(new DateTimeOffset(2026, 11, 1, 10, 0, 0, TimeSpan.Zero), record.ModifiedAt);
    }

    [Fact]
    public void A_record_does_not_say_what_another_value_says()
    {
        var write = Some.Person(1, Some.Email("ada@example.com"), Some.First("Ada"));

        Assert.True(KlaviyoMapping.Says(Answered("""{"email":"ADA@example.com","first_name":"Ada"}"""), write));
        Assert.False(KlaviyoMapping.Says(Answered("""{"email":"ada@example.com","first_name":"Bob"}"""), write));
        Assert.False(KlaviyoMapping.Says(Answered("""{"email":"ada@example.com"}"""), write));
    }

    [Theory]
    [InlineData("https://a.klaviyo.com/api/profiles/?sort=updated&page%5Bcursor%5D=bmV4%3D", "bmV4=")]
    [InlineData("https://evil.example.com/?page[cursor]=x", "x")]
    [InlineData("https://a.klaviyo.com/api/profiles/", null)]
    [InlineData(null, null)]
    public void Of_the_next_link_only_the_cursor_is_taken(string? link, string? cursor) => Assert.Equal(cursor, KlaviyoQuery.CursorOf(link));

    [Fact]
    public void A_filter_quotes_what_could_end_it() =>
        Assert.Equal("""any(email,["a\"),b@example.com","c\\@example.com"])""", KlaviyoFilter.Any("email", ["a\"),b@example.com", "c\\@example.com"]));

    [Fact]
    public void The_default_map_names_no_field_twice()
    {
        var map = Assert.Single(new KlaviyoFactory().Info.DefaultMaps);

        Assert.Equal((KlaviyoFields.Profiles, RecordKind.Person), (map.ObjectType, map.Kind));
        Assert.Equal(map.Fields.Length, map.Fields.DistinctBy(f => f.Field).Count());
        Assert.Equal(map.Fields.Length, map.Fields.DistinctBy(f => f.VendorField).Count());
    }

    [Fact]
    public void All_problems_of_settings_are_told_at_once()
    {
        var problems = KlaviyoOptions.Problems(new Dictionary<string, string> { ["baseUrl"] = "http://api.example.com", ["revision"] = "latest", ["ratePercent"] = "200", ["optOutBy"] = "unsubscribe", ["bulkFrom"] = "many" });

        Assert.Equal(6, problems.Count());
        Assert.Empty(KlaviyoOptions.Problems(new Dictionary<string, string> { ["apiKey"] = "pk_1" }));
    }

    [Fact]
    public void It_is_listed() => Assert.Contains(StackHub.Connectors.Connectors.All, factory => factory.Info.Vendor == "klaviyo");

    private static string? TextOf(FieldType type, string? text, decimal number, bool flag) => type switch
    {
        FieldType.Number => number.ToString(System.Globalization.CultureInfo.InvariantCulture),
        FieldType.Boolean => flag ? "true" : "false",
        FieldType.Date => "2026-11-22",
        _ => text,
    };

    private static KlaviyoProfile Answered(string attributes) => new("01X", JsonDocument.Parse(attributes).RootElement);
}
