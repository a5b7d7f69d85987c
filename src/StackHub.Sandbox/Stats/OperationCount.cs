namespace StackHub.Sandbox.Stats;

/// <summary>How often an operation was called, with how many records, and how often it was refused.</summary>
public sealed record OperationCount(string Operation, long Calls, long Records, long Refused);
