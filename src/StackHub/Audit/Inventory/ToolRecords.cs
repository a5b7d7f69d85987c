namespace StackHub.Audit.Inventory;

/// <summary>The people a tool holds, and those it said or did something about in the last 30 days.</summary>
public sealed record ToolRecords(RecordSketch Held, RecordSketch Touched);
