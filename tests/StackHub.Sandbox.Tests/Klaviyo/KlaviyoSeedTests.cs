using StackHub.Sandbox.Vendors.Klaviyo;

namespace StackHub.Sandbox.Tests.Klaviyo;

public sealed class KlaviyoSeedTests
{
    [Fact]
    public async Task The_same_people_are_there_under_the_ids_the_truth_tells()
    {
        await using var server = await Started.WithAsync(new() { People = 300 });
        var vendor = server.Vendor<KlaviyoSandbox>();

        var sightings = server.Truth.People.SelectMany(person => person.Sightings).Where(sighting => sighting.Vendor == vendor.Name).ToList();

        Assert.InRange(sightings.Count, 100, 200);
        Assert.Equal(vendor.Counts["profiles"], sightings.Count);
        Assert.All(sightings, sighting => Assert.Equal(sighting.Last, vendor.Read("profiles", sighting.Id)!["attributes"]!["last_name"]!.ToString()));
        Assert.Contains(server.Truth.People, person => person.Ids("klaviyo").Any() && person.Ids("hubspot").Any());
    }

    [Fact]
    public async Task Everybody_opted_out_in_the_truth_cannot_be_written_to()
    {
        await using var server = await Started.WithAsync(new() { People = 300 });
        var vendor = server.Vendor<KlaviyoSandbox>();

        var optedOut = server.Truth.People.SelectMany(person => person.Sightings).Where(sighting => sighting.Vendor == vendor.Name && sighting.OptedOut).ToList();

        Assert.NotEmpty(optedOut);
        Assert.All(optedOut, sighting => Assert.False((bool)vendor.Read("profiles", sighting.Id)!["attributes"]!["subscriptions"]!["email"]!["marketing"]!["can_receive_email_marketing"]!));
    }
}
