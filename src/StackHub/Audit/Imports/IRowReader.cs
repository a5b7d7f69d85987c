namespace StackHub.Audit.Imports;

/// <summary>Rows of a file of some form, one by one.</summary>
internal interface IRowReader
{
    /// <summary>Names of the columns; asked once, before the rows.</summary>
    ValueTask<IReadOnlyList<string>> HeaderAsync(CancellationToken cancellationToken);

    IAsyncEnumerable<RawRow> RowsAsync(CancellationToken cancellationToken);
}

/// <summary>The file ends in the middle of something.</summary>
public sealed class TruncatedFileException(string message) : Exception(message);
