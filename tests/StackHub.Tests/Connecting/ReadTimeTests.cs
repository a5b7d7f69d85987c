using FsCheck;
using FsCheck.Fluent;
using StackHub.Connecting;

namespace StackHub.Tests.Connecting;

public sealed class ReadTimeTests
{
    private static readonly DateTimeOffset Second = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    private static DateTimeOffset Refined(double secondsLater) => ReadTime.Refined(Second, TimeSpan.FromSeconds(1), Second.AddSeconds(secondsLater));

    [Fact]
    public void A_later_reading_is_never_the_earlier_observation_and_stays_in_its_second() =>
        Prop.ForAll(Gen.Choose(-5_000, 900_000).Two().ToArbitrary(), asked =>
        {
            var (early, late) = (Refined(Math.Min(asked.Item1, asked.Item2) / 1000.0), Refined(Math.Max(asked.Item1, asked.Item2) / 1000.0));
            return Second <= early && early <= late && late < Second.AddSeconds(1);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Readings_within_the_second_keep_their_distance()
    {
        Assert.Equal(Second.AddMilliseconds(120), Refined(0.120));
        Assert.Equal(Second.AddMilliseconds(140), Refined(0.140));
    }

    [Fact]
    public void What_the_vendor_dates_finely_or_sends_by_itself_keeps_its_time()
    {
        Assert.Equal(Second, ReadTime.Refined(Second, TimeSpan.FromMilliseconds(1), Second.AddSeconds(3)));
        Assert.Equal(Second, ReadTime.Refined(Second, TimeSpan.FromSeconds(1), null));
    }
}
