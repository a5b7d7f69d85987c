using System.Text;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using StackHub.Connecting;
using StackHub.Connectors.Salesforce;
using StackHub.Mapping;
using static StackHub.Connectors.Tests.Salesforce.Vendor;

namespace StackHub.Connectors.Tests.Salesforce;

public sealed class SalesforceMappingTests
{
    [Theory]
    [InlineData("\"text\"", "text")]
    [InlineData("null", null)]
    [InlineData("true", "true")]
    [InlineData("false", "false")]
    [InlineData("3.5E8", "350000000")]
    [InlineData("12.0", "12")]
    [InlineData("12.50", "12.5")]
    [InlineData("\"2026-11-22T10:15:30.000+0000\"", "2026-11-22T10:15:30.000Z")]
    [InlineData("\"2026-11-22\"", "2026-11-22")]
    public void A_value_becomes_plain_text(string json, string? text)
    {
        var seen = Seen(SalesforceObject.Account, ["Custom__c"], $$"""{"Id":"001000000000001AAA","SystemModstamp":"2026-01-01T00:00:00.000+0000","Custom__c":{{json}}}""");

        Assert.Equal(text, seen.Record.Fields["Custom__c"].Text);
    }

    [Fact]
    public void A_field_that_is_not_answered_is_unknown_and_the_record_incomplete()
    {
        var seen = Seen(SalesforceObject.Contact, ["Email", "Phone"], """{"Id":"003000000000001AAA","SystemModstamp":"2026-01-01T00:00:00.000+0000","Email":null}""");

        Assert.Equal(["Email"], seen.Record.Fields.Keys);
        Assert.False(seen.Record.Complete);
    }

    [Fact]
    public void Values_are_dated_by_the_last_edit_and_not_by_the_housekeeping_stamp()
    {
        var seen = Seen(SalesforceObject.Contact, [], """{"Id":"003000000000001AAA","SystemModstamp":"2026-02-01T00:00:00.000+0000","LastModifiedDate":"2026-01-01T00:00:00.000+0000"}""");

        Assert.Equal(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero), seen.Record.ModifiedAt);
    }

    [Fact]
    public void A_related_field_is_read_through_its_relationship()
    {
        var seen = Seen(SalesforceObject.Contact, ["Owner.Name"], """{"Id":"003000000000001AAA","SystemModstamp":"2026-01-01T00:00:00.000+0000","Owner":{"attributes":{},"Name":"Ada"}}""");

        Assert.Equal("Ada", seen.Record.Fields["Owner.Name"].Text);
    }

    [Fact]
    public void A_merged_loser_moves_to_its_survivor() =>
        Assert.Equal("003000000000002AAA", Moved(SalesforceObject.Contact, """{"Id":"003000000000001AAA","SystemModstamp":"2026-01-01T00:00:00.000+0000","IsDeleted":true,"MasterRecordId":"003000000000002AAA"}""").To.Id);

    [Fact]
    public void A_converted_lead_moves_to_its_contact()
    {
        var moved = Moved(SalesforceObject.Lead, """{"Id":"00Q000000000001AAA","SystemModstamp":"2026-01-01T00:00:00.000+0000","IsDeleted":false,"IsConverted":true,"ConvertedContactId":"003000000000002AAA"}""");

        Assert.Equal(("Contact", "003000000000002AAA"), (moved.To.ObjectType, moved.To.Id));
    }

    [Fact]
    public void Values_go_out_typed_and_blanks_clear()
    {
        var json = Written(
            Field("NumberOfEmployees", "12.5", FieldType.Number),
            Field("DoNotCall", "true", FieldType.Boolean),
            Field("HasOptedOutOfEmail", null, FieldType.Boolean),
            Field("CloseDate", "2026-11-22", FieldType.Date),
            Field("Phone", null, FieldType.Phone));

        Assert.Equal("""{"id":"001","attributes":{"type":"Account"},"NumberOfEmployees":12.5,"DoNotCall":true,"HasOptedOutOfEmail":false,"CloseDate":"2026-11-22","Phone":null}""", json);
    }

    [Fact]
    public void Text_comes_back_as_it_went_out() => Prop.ForAll<NonEmptyString>(text =>
    {
        var json = Written(Field("Name", text.Get)).Replace("\"id\":\"001\"", "\"Id\":\"001\",\"SystemModstamp\":\"2026-01-01T00:00:00.000+0000\"", StringComparison.Ordinal);
        return Seen(SalesforceObject.Account, ["Name"], json).Record.Fields["Name"].Text == Valid(text.Get);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Numbers_come_back_as_they_went_out() => Prop.ForAll<decimal>(number =>
    {
        var text = number.ToString("0.############################", System.Globalization.CultureInfo.InvariantCulture);
        var json = Written(Field("AnnualRevenue", text, FieldType.Number)).Replace("\"id\":\"001\"", "\"Id\":\"001\",\"SystemModstamp\":\"2026-01-01T00:00:00.000+0000\"", StringComparison.Ordinal);
        return Seen(SalesforceObject.Account, ["AnnualRevenue"], json).Record.Fields["AnnualRevenue"].Text == text;
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Every_reference_of_the_default_maps_names_a_kind() =>
        Assert.All(SalesforceMaps.Default.SelectMany(map => map.Fields).Where(field => field.Type is FieldType.Reference or FieldType.References), field => Assert.NotNull(field.To));

    /// <summary>What UTF-8 can carry: lone surrogates are replaced on the way out.</summary>
    private static string Valid(string text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));

    private static Change.Seen Seen(SalesforceObject type, IReadOnlyList<string> fields, string json) =>
        Assert.IsType<Change.Seen>(SalesforceMapping.ToChange(Vendor.System, type, JsonDocument.Parse(json).RootElement, new RowContext(fields)));

    private static Change.Moved Moved(SalesforceObject type, string json) =>
        Assert.IsType<Change.Moved>(SalesforceMapping.ToChange(Vendor.System, type, JsonDocument.Parse(json).RootElement, new RowContext([])));

    private static string Written(params FieldWrite[] fields)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = global::System.Text.Encodings.Web.JavaScriptEncoder.Default }))
            SalesforceMapping.WriteRecord(json, "Account", new("id", "001"), fields);
        return Encoding.UTF8.GetString(buffer.ToArray());
    }
}
