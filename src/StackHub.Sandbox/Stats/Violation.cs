namespace StackHub.Sandbox.Stats;

/// <summary>Something a well-behaved client must never do.</summary>
public sealed record Violation(DateTimeOffset At, string Rule, string Detail);
