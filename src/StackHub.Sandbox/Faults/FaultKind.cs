namespace StackHub.Sandbox.Faults;

/// <summary>What goes wrong with one call.</summary>
public enum FaultKind
{
    None,
    Down,
    DropBefore,
    DropAfter,
    ServerError,
    Throttle,
}
