using System.Text.Json;
using StackHub.Sandbox.Seeding;

namespace StackHub.Sandbox.Tests;

public sealed class SeedTests
{
    [Fact]
    public async Task The_same_seed_gives_the_same_truth_and_the_same_ids()
    {
        var options = new SandboxOptions { People = 300, Time = new FixedTime() };

        await using var one = await Started.WithAsync(options);
        await using var two = await Started.WithAsync(options);
        await using var other = await Started.WithAsync(options with { Seed = 7 });

        Assert.Equal(JsonSerializer.Serialize(one.Truth), JsonSerializer.Serialize(two.Truth));
        Assert.NotEqual(JsonSerializer.Serialize(one.Truth), JsonSerializer.Serialize(other.Truth));
    }

    [Fact]
    public async Task Every_planted_oddity_occurs()
    {
        await using var server = await Started.WithAsync(new() { People = 2000 });

        Assert.All(Enum.GetValues<Oddity>().Where(oddity => oddity != Oddity.None), oddity => Assert.NotEmpty(server.Truth.With(oddity)));
    }

    [Fact]
    public async Task Every_sighting_is_a_record_that_can_be_read()
    {
        await using var server = await Started.WithAsync(new() { People = 200 });

        foreach (var sighting in server.Truth.People.SelectMany(person => person.Sightings))
        {
            var vendor = server.Vendors.Single(vendor => vendor.Name == sighting.Vendor);
            var type = sighting.Type == "ConvertedLead" ? "Lead" : sighting.Type;
            Assert.NotNull(vendor.Read(type, sighting.Id));
        }
    }

    private sealed class FixedTime : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => new(2026, 5, 1, 12, 0, 0, TimeSpan.Zero);
    }
}
