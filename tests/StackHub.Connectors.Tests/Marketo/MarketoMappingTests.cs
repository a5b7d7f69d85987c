using System.Globalization;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using StackHub.Connectors.Marketo;
using StackHub.Mapping;
using StackHub.Records;

namespace StackHub.Connectors.Tests.Marketo;

public sealed class MarketoMappingTests
{
    private static readonly ExternalRef Ref = new(MarketoUnderTest.System, "leads", "7");

    [Fact]
    public void A_write_is_typed_as_Marketo_types_it()
    {
        var write = Some.Lead(1, Some.Email("a@example.com"), Some.Field("unsubscribed", "true", FieldType.Boolean), Some.Field("leadScore", "12", FieldType.Number),
            Some.Field("annualRevenue", "12.5", FieldType.Number), Some.Field("contractEnd", "2026-11-22T10:15:30.250Z", FieldType.Instant), Some.Field("title", null)) with { Target = "7" };

        Assert.Equal("""{"email":"a@example.com","unsubscribed":true,"leadScore":12,"annualRevenue":12.5,"contractEnd":"2026-11-22T10:15:30Z","title":null,"id":7}""", MarketoLeads.UpdateBody(write).ToJsonString());
    }

    [Fact]
    public void A_create_leaves_blanks_out() =>
        Assert.Equal("""{"email":"a@example.com"}""", MarketoMapping.ToBody(Some.Lead(1, Some.Email("a@example.com"), Some.Field("title", null))).ToJsonString());

    [Fact]
    public void A_field_that_is_not_answered_is_unknown_and_null_is_blank()
    {
        var record = MarketoMapping.ToRecord(Item("""{"id":7,"email":null,"leadScore":5.0,"doNotCall":false,"title":""}"""), Ref, default, ["email", "leadScore", "doNotCall", "title", "phone"]);

        Assert.Equal([("doNotCall", "false"), ("email", null), ("leadScore", "5"), ("title", null)], record.Fields.Select(f => (f.Key, f.Value.Text)).Order());
        Assert.False(record.Complete);
    }

    [Theory]
    [InlineData("2026-11-22T10:15:30Z")]
    [InlineData("2026-11-22T10:15:30+0000")]
    [InlineData("2026-11-22T12:15:30+02:00")]
    public void Times_come_in_several_forms(string text) =>
        Assert.Equal(new DateTimeOffset(2026, 11, 22, 10, 15, 30, TimeSpan.Zero), Item($$"""{"updatedAt":"{{text}}"}""").UpdatedAt);

    [Fact]
    public void What_is_written_is_read_back_as_it_was()
    {
        var values = Gen.Elements(FieldType.Text, FieldType.Boolean, FieldType.Number, FieldType.Date).SelectMany(type => ValueOf(type).Select(text => (Type: type, Text: text)));

        Prop.ForAll(values.ToArbitrary(), value =>
        {
            var body = MarketoMapping.ToBody(Some.Lead(1, Some.Field("x", value.Text, value.Type)) with { Target = "7" });
            var read = MarketoMapping.ToRecord(Item(body.ToJsonString()), Ref, default, ["x"]);
            return read.Fields["x"].Text == (value.Text is { Length: > 0 } text ? text : null);
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void A_checkpoint_is_read_back_as_it_was()
    {
        var place = new MarketoExportPlace(DateTimeOffset.FromUnixTimeSeconds(1_700_000_000), DateTimeOffset.FromUnixTimeSeconds(1_702_000_000), IsLast: true, Done: 600, Job: "a-b-c");

        Assert.Equal(place, MarketoExportPlace.Parse(place.ToString()));
        Assert.Throws<ArgumentException>(() => MarketoExportPlace.Parse("something else"));
    }

    private static Gen<string?> ValueOf(FieldType type) => type switch
    {
        FieldType.Boolean => Gen.Elements<string?>("true", "false", null),
        FieldType.Number => ArbMap.Default.GeneratorFor<int>().Select(n => (string?)(n / 100m).ToString("0.##", CultureInfo.InvariantCulture)),
        FieldType.Date => Gen.Choose(0, 20_000).Select(days => (string?)new DateOnly(1990, 1, 1).AddDays(days).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)),
        _ => ArbMap.Default.GeneratorFor<NonNull<string>>().Where(s => !s.Get.Any(char.IsSurrogate)).Select(s => (string?)s.Get),
    };

    private static MarketoItem Item(string json) => new(JsonDocument.Parse(json).RootElement.Clone());
}
