namespace StackHub.Testing.Connecting;

/// <summary>The real time, unless it is held (then everything happens in one moment) or moved on. Timers run in real time.</summary>
public sealed class AdjustableTime : TimeProvider
{
    private DateTimeOffset? held;
    private TimeSpan moved;

    public override DateTimeOffset GetUtcNow() => (held ?? System.GetUtcNow()) + moved;

    public void Hold() => held = System.GetUtcNow();

    public void Release() => held = null;

    public void Advance(TimeSpan by) => moved += by;
}
