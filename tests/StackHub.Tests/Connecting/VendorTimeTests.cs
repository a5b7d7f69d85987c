using StackHub.Connecting;

namespace StackHub.Tests.Connecting;

public sealed class VendorTimeTests
{
    [Theory]
    [InlineData(0.5, "within a minute")]
    [InlineData(10, "within 10 minutes")]
    [InlineData(60, "within an hour")]
    [InlineData(90, "within 90 minutes")]
    [InlineData(120, "within 2 hours")]
    [InlineData(24 * 60, "within 1 day")]
    [InlineData((24 * 60) + 1, "within 25 hours")]
    [InlineData(48 * 60, "within 2 days")]
    [InlineData((30 * 24 * 60) - 1, "within 30 days")]
    [InlineData(30 * 24 * 60, "within 30 days")]
    [InlineData(0, "at once")]
    public void A_vendors_time_is_said_in_the_unit_that_people_use_and_never_too_short(double minutes, string words) =>
        Assert.Equal(words, VendorTime.Within(TimeSpan.FromMinutes(minutes)));
}
