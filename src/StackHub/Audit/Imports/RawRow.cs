namespace StackHub.Audit.Imports;

/// <summary>A row as it stands in the file; the cells are the reader's own and change with the next row.</summary>
/// <param name="Problem">What is wrong with the row as such.</param>
public readonly record struct RawRow(long Line, IReadOnlyList<string?> Cells, string? Problem = null);
