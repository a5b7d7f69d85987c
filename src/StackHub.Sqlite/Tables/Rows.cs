using System.Diagnostics;
using StackHub.Sqlite.Engine;
using StackHub.Storage;

namespace StackHub.Sqlite.Tables;

/// <summary>The row statements, on the writer thread.</summary>
internal static class Rows
{
    private static readonly Query InsertRow = new("INSERT INTO rows (k, etag, v) VALUES (?, ?, ?) ON CONFLICT (k) DO NOTHING");
    private static readonly Query UpsertRow = new("INSERT INTO rows (k, etag, v) VALUES (?, ?, ?) ON CONFLICT (k) DO UPDATE SET etag = excluded.etag, v = excluded.v");
    private static readonly Query ReplaceRow = new("UPDATE rows SET etag = ?2, v = ?3 WHERE k = ?1 AND etag = ?4");
    private static readonly Query DeleteRow = new("DELETE FROM rows WHERE k = ?");
    private static readonly Query DeleteVersion = new("DELETE FROM rows WHERE k = ? AND etag = ?");
    private static readonly Query FindVersion = new("SELECT etag FROM rows WHERE k = ?");

    public static TableWrite Apply(Writer writer, RowWrite write) => write.Kind switch
    {
        RowWriteKind.Insert => Put(writer, InsertRow, write, TableStatus.Exists),
        RowWriteKind.Upsert => Put(writer, UpsertRow, write, TableStatus.Exists),
        RowWriteKind.Replace => Put(writer, ReplaceRow, write, null),
        RowWriteKind.Delete => Delete(writer, write),
        _ => throw new UnreachableException(),
    };

    /// <summary>Looks for a refusal first and writes only when there is none: this is cheaper than a savepoint around every batch.</summary>
    public static TableBatch ApplyAll(Writer writer, RowWrite[] writes)
    {
        for (var i = 0; i < writes.Length; i++)
            if (Refusal(writer.Connection, writes[i]) is not TableStatus.Done and var status)
                return new TableBatch(status, i, []);
        var etags = new string?[writes.Length];
        for (var i = 0; i < writes.Length; i++)
            etags[i] = Apply(writer, writes[i]).ETag;
        return new TableBatch(TableStatus.Done, null, etags);
    }

    private static TableWrite Put(Writer writer, Query query, RowWrite write, TableStatus? refusal)
    {
        var stamp = writer.NextStamp();
        using (var run = writer.Connection.Start(query))
        {
            run.Bind(1, write.Key);
            run.Bind(2, stamp);
            run.Bind(3, write.Value);
            if (write.ETag is { } version)
                run.Bind(4, version);
            if (run.Change() == 1)
                return new TableWrite(TableStatus.Done, RowETag.Of(stamp));
        }
        return new TableWrite(refusal ?? Refusal(writer.Connection, write), null);
    }

    private static TableWrite Delete(Writer writer, RowWrite write)
    {
        using (var run = writer.Connection.Start(write.ETag is null ? DeleteRow : DeleteVersion))
        {
            run.Bind(1, write.Key);
            if (write.ETag is { } version)
                run.Bind(2, version);
            if (run.Change() == 1)
                return new TableWrite(TableStatus.Done, null);
        }
        return new TableWrite(Refusal(writer.Connection, write), null);
    }

    private static TableStatus Refusal(Connection connection, RowWrite write)
    {
        if (write.Kind == RowWriteKind.Upsert)
            return TableStatus.Done;
        using var run = connection.Start(FindVersion);
        run.Bind(1, write.Key);
        var there = run.Step();
        if (write.Kind == RowWriteKind.Insert)
            return there ? TableStatus.Exists : TableStatus.Done;
        if (!there)
            return TableStatus.Missing;
        return write.ETag is { } version && version != run.Long(0) ? TableStatus.Changed : TableStatus.Done;
    }
}
