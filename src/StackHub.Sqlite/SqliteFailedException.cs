namespace StackHub.Sqlite;

/// <summary>SQLite refused or the disk did: the write was not made.</summary>
public sealed class SqliteFailedException(int code, string message) : IOException($"SQLite {code}: {message}")
{
    /// <summary>SQLite's extended result code.</summary>
    public int Code { get; } = code;

    /// <summary>Another process holds the file.</summary>
    public bool IsBusy => (Code & 0xFF) == SQLitePCL.raw.SQLITE_BUSY;
}
