namespace StackHub.Web.Metrics;

/// <summary>A number that many threads add to.</summary>
internal sealed class Tally
{
    private long total;

    public long Total => Interlocked.Read(ref total);

    public void Add(long count) => Interlocked.Add(ref total, count);
}
