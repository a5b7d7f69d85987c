namespace StackHub.Audit.Inventory;

/// <summary>Something of a tool that needs an owner of its own.</summary>
public sealed record ToolAsset(ToolId Tool, AssetKind Kind, string Name)
{
    /// <summary>Null when nobody was named: the tool's owner is meant then.</summary>
    public UserId? Owner { get; init; }

    /// <summary>The systems a flow writes to, by their configured names.</summary>
    public IReadOnlyList<string> Feeds { get; init; } = [];
}

public enum AssetKind
{
    Flow,
    Credential,
}
