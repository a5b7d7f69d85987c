namespace StackHub.Sandbox.Hosting;

/// <summary>One vendor's clock: the machine's time plus a skew and whatever the test has moved it forward by.</summary>
public sealed class VendorClock(TimeProvider time, TimeSpan skew)
{
    private long offset = skew.Ticks;

    public TimeSpan Offset
    {
        get => new(Interlocked.Read(ref offset));
        set => Interlocked.Exchange(ref offset, value.Ticks);
    }

    public DateTimeOffset Now => time.GetUtcNow() + Offset;

    public void Advance(TimeSpan by) => Interlocked.Add(ref offset, by.Ticks);
}
