namespace StackHub.Sandbox.Faults;

/// <summary>What the fault switches decided for one call.</summary>
internal readonly record struct Fate(FaultKind Kind, TimeSpan Latency, TimeSpan RetryAfter);
