namespace StackHub.Testing.Connecting;

/// <summary>The real time, unless it is held: then everything happens in one moment.</summary>
public sealed class AdjustableTime : TimeProvider
{
    private DateTimeOffset? held;

    public override DateTimeOffset GetUtcNow() => held ?? System.GetUtcNow();

    public void Hold() => held = GetUtcNow();

    public void Release() => held = null;
}
