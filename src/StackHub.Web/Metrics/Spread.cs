namespace StackHub.Web.Metrics;

/// <summary>How long things took: counted in buckets a twelfth of a doubling wide, so that a percentile is right to 6 % at any scale.</summary>
internal sealed class Spread
{
    private const double Least = 1e-6;
    private const int PerDoubling = 12;
    private readonly long[] counts = new long[PerDoubling * 40];
    private long count;

    public long Count => Interlocked.Read(ref count);

    public void Add(double seconds)
    {
        var bucket = seconds <= Least ? 0 : (int)Math.Ceiling(Math.Log2(seconds / Least) * PerDoubling);
        Interlocked.Increment(ref counts[Math.Min(bucket, counts.Length - 1)]);
        Interlocked.Increment(ref count);
    }

    /// <param name="share">0.99 for the time that 99 of 100 did not exceed.</param>
    public TimeSpan Percentile(double share)
    {
        var wanted = Math.Max(1, (long)Math.Ceiling(Count * share));
        var seen = 0L;
        for (var bucket = 0; bucket < counts.Length; bucket++)
            if ((seen += Interlocked.Read(ref counts[bucket])) >= wanted)
                return TimeSpan.FromSeconds(Least * Math.Pow(2, (double)bucket / PerDoubling));
        return TimeSpan.Zero;
    }
}
