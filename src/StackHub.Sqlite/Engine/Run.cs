using SQLitePCL;

namespace StackHub.Sqlite.Engine;

/// <summary>One use of a prepared statement; disposing it makes the statement ready for the next.</summary>
internal readonly ref struct Run(Connection connection, sqlite3_stmt statement)
{
    public void Bind(int index, long value) => connection.Check(raw.sqlite3_bind_int64(statement, index, value));

    public void Bind(int index, ReadOnlySpan<byte> value) => connection.Check(raw.sqlite3_bind_blob(statement, index, value));

    public void Bind(int index, string value) => connection.Check(raw.sqlite3_bind_text(statement, index, value));

    /// <summary>True when there is a row to read.</summary>
    public bool Step()
    {
        var code = raw.sqlite3_step(statement);
        if (code == raw.SQLITE_ROW)
            return true;
        if (code != raw.SQLITE_DONE)
            connection.Throw(code);
        return false;
    }

    /// <summary>Runs to the end and says how many rows changed.</summary>
    public int Change()
    {
        Step();
        return connection.Changes;
    }

    public long Long(int column) => raw.sqlite3_column_int64(statement, column);

    public int Int(int column) => raw.sqlite3_column_int(statement, column);

    public ReadOnlySpan<byte> Bytes(int column) => raw.sqlite3_column_blob(statement, column);

    public string Text(int column) => raw.sqlite3_column_text(statement, column).utf8_to_string();

    public void Dispose()
    {
        _ = raw.sqlite3_reset(statement);
        _ = raw.sqlite3_clear_bindings(statement); // a 10 MB blob must not stay bound
    }
}
