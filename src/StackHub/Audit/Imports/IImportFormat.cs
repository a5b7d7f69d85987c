namespace StackHub.Audit.Imports;

/// <summary>How rows of a kind of file are understood.</summary>
public interface IImportFormat
{
    ImportKind Kind { get; }

    IReadOnlyList<ImportColumn> Columns { get; }

    /// <summary>Takes one row into the draft, or leaves the draft as it is and the reason in the row.</summary>
    void Take(ImportRow row, InventoryDraft draft);
}
