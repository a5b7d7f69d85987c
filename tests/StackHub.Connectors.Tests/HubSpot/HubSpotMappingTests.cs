using StackHub.Connecting;
using StackHub.Connectors.HubSpot;
using StackHub.Records;

namespace StackHub.Connectors.Tests.HubSpot;

public sealed class HubSpotMappingTests
{
    private static readonly DateTimeOffset Day = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_value_is_dated_by_the_start_of_its_last_run()
    {
        var value = Map("B", [new("B", Day.AddDays(5)), new("B", Day.AddDays(3)), new("A", Day.AddDays(2)), new("B", Day)]);

        Assert.Equal(new ExternalValue("B", Day.AddDays(3)), value);
    }

    [Fact]
    public void History_may_come_in_any_order() =>
        Assert.Equal(Day.AddDays(3), Map("B", [new("A", Day.AddDays(2)), new("B", Day.AddDays(5)), new("B", Day.AddDays(3))]).At);

    [Fact]
    public void A_cleared_value_is_dated_by_its_clearing() =>
        Assert.Equal(new ExternalValue(null, Day.AddDays(2)), Map(null, [new("", Day.AddDays(2)), new("A", Day)]));

    [Fact]
    public void Without_a_history_that_ends_in_the_value_there_is_no_date() =>
        Assert.Null(Map("B", [new("A", Day)]).At);

    [Fact]
    public void A_property_the_account_lacks_is_unknown_and_not_cleared()
    {
        var record = HubSpotMapping.Record(new SystemId("hubspot"), HubSpotObject.Contacts, new("1") { Properties = new() { ["email"] = null } }, ["email", "nope"]);

        Assert.Equal(["email"], record.Fields.Keys);
        Assert.Null(record.Fields["email"].Text);
    }

    [Theory]
    [InlineData("phone", "1795305600000", "1795305600000")]
    [InlineData("closedate", "1795305600000", "2026-11-22T00:00:00.000Z")]
    [InlineData("closedate", "2026-11-22T00:00:00Z", "2026-11-22T00:00:00Z")]
    public void Only_times_are_read_from_milliseconds(string property, string wire, string text) => Assert.Equal(text, HubSpotMapping.Text(property, wire));

    [Fact]
    public void The_default_maps_name_every_object_and_no_field_twice()
    {
        Assert.Equal(HubSpotObject.All.Select(o => (o.Name, o.Kind)), HubSpotMaps.Default.Select(m => (m.ObjectType, m.Kind)));
        Assert.All(HubSpotMaps.Default, map => Assert.Equal(map.Fields.Length, map.Fields.DistinctBy(f => f.Field).Count()));
        Assert.All(HubSpotMaps.Default, map => Assert.Equal(map.Fields.Length, map.Fields.DistinctBy(f => f.VendorField).Count()));
    }

    [Fact]
    public void All_problems_of_settings_are_told_at_once()
    {
        var problems = HubSpotOptions.Problems(new Dictionary<string, string> { ["baseUrl"] = "http://api.example.com", ["ratePermits"] = "many", ["signatureVersions"] = "v9", ["contactRoles"] = "Champion" });

        Assert.Equal(5, problems.Count());
    }

    private static ExternalValue Map(string? value, HubSpotVersion[] history) => HubSpotMapping.Record(
        new SystemId("hubspot"),
        HubSpotObject.Contacts,
        new("1") { Properties = new() { ["firstname"] = value }, PropertiesWithHistory = new() { ["firstname"] = history } },
        ["firstname"]).Fields["firstname"];
}
