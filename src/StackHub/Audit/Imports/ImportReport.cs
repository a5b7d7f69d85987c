using System.Collections.Immutable;

namespace StackHub.Audit.Imports;

/// <summary>What became of a file.</summary>
/// <param name="Rejected">Why nothing of it was taken; null when it was.</param>
public sealed record ImportReport(string Name, ImportKind Kind, long Rows, long BadRows, string? Rejected)
{
    /// <summary>Every row that was not taken, in order; of a rejected file those up to where that was clear.</summary>
    public ImmutableArray<ImportProblem> Problems { get; init; } = [];

    /// <summary>Which column of the file each of ours was read from.</summary>
    public ImmutableSortedDictionary<string, string> Columns { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>The rows of the snapshot before; null without one.</summary>
    public long? RowsBefore { get; init; }

    /// <summary>The content is what is held already.</summary>
    public bool Unchanged { get; init; }

    public long GoodRows => Rows - BadRows;

    public override string ToString() => Rejected is null ? $"{Name}: {GoodRows} rows, {BadRows} bad" : $"{Name}: rejected";
}
