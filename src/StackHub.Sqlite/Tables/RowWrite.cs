using StackHub.Storage;

namespace StackHub.Sqlite.Tables;

internal enum RowWriteKind
{
    Insert,
    Upsert,
    Replace,
    Delete,
}

/// <summary>A table action ready for the writer thread; <paramref name="ETag"/> is null where any version will do.</summary>
internal readonly record struct RowWrite(RowWriteKind Kind, byte[] Key, byte[] Value, long? ETag)
{
    public static RowWrite Of(int table, TableAction action)
    {
        var key = RowKey.Of(table, action.Partition, action.Row);
        return action switch
        {
            TableAction.Insert insert => new(RowWriteKind.Insert, key, RowValues.Write(insert.Entity.Values), null),
            TableAction.Upsert upsert => new(RowWriteKind.Upsert, key, RowValues.Write(upsert.Entity.Values), null),
            TableAction.Replace replace => new(RowWriteKind.Replace, key, RowValues.Write(replace.Entity.Values), RowETag.Parse(replace.ETag)),
            TableAction.Delete delete => new(RowWriteKind.Delete, key, [], delete.ETag is { } version ? RowETag.Parse(version) : null),
            _ => throw new ArgumentException($"{action.GetType().Name} is not a table action.", nameof(action)),
        };
    }
}
