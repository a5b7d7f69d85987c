using StackHub.Audit.Inventory;

namespace StackHub.Audit;

/// <summary>A field in a tool, as it was measured: what for, whether it names a person, and how many values went which way.</summary>
/// <param name="Purpose">Null when nobody declared any.</param>
public sealed record DataFlow(ToolId Tool, string Kind, string Field, string? Purpose, bool Personal)
{
    /// <summary>Values the tool holds.</summary>
    public long Held { get; init; }

    /// <summary>Values that came from it.</summary>
    public long From { get; init; }

    /// <summary>Values the hub wrote to it.</summary>
    public long To { get; init; }
}
