namespace StackHub.Connectors.Salesforce;

/// <summary>What is known beside a page of rows: which fields were asked for, when they were written, who plays which part.</summary>
internal sealed record RowContext(IReadOnlyList<string> Fields)
{
    /// <summary>False when a field was left out because the user may not see it.</summary>
    public bool Complete { get; init; } = true;

    public FieldHistory History { get; init; } = FieldHistory.None;

    /// <summary>Null when contact roles were not asked for.</summary>
    public ContactRoles? Roles { get; init; }

    public int Asked => Fields.Count + (Roles is null ? 0 : 1);
}
