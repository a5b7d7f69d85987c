namespace StackHub.EndToEnd.Tests.Staging;

/// <summary>The machine's time plus what a test has moved it forward by; vendors and hubs share it.</summary>
public sealed class ShiftedTime : TimeProvider
{
    private long shift;

    public override DateTimeOffset GetUtcNow() => TimeProvider.System.GetUtcNow() + new TimeSpan(Interlocked.Read(ref shift));

    public void Jump(TimeSpan by) => Interlocked.Add(ref shift, by.Ticks);
}
