namespace StackHub.Sandbox.Vendors.Salesforce.Soql;

/// <summary>A parsed query of the subset the sandbox understands.</summary>
internal sealed record SoqlQuery(IReadOnlyList<string> Select, string From)
{
    public bool IsCount { get; init; }

    public SoqlCondition? Where { get; init; }

    public IReadOnlyList<SoqlOrder> OrderBy { get; init; } = [];

    public int? Limit { get; init; }

    public int Offset { get; init; }
}

internal sealed record SoqlOrder(string Path, bool Descending, bool NullsLast);

/// <summary>A condition tree.</summary>
internal abstract record SoqlCondition
{
    private SoqlCondition() { }

    public sealed record All(IReadOnlyList<SoqlCondition> Parts) : SoqlCondition;

    public sealed record Any(IReadOnlyList<SoqlCondition> Parts) : SoqlCondition;

    public sealed record Not(SoqlCondition Part) : SoqlCondition;

    public sealed record Compare(string Path, string Operator, IReadOnlyList<SoqlLiteral> Values, int Column) : SoqlCondition;
}

/// <summary>A literal as written: what kind it is decides whether it fits the field.</summary>
internal sealed record SoqlLiteral(SoqlLiteralKind Kind, object? Value, string Text);

internal enum SoqlLiteralKind
{
    Text,
    Number,
    Boolean,
    Null,
    Date,
    DateTime,
}
