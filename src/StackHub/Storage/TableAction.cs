namespace StackHub.Storage;

/// <summary>One write of one row.</summary>
public abstract record TableAction(string Partition, string Row)
{
    /// <summary>Refused with <see cref="TableStatus.Exists"/> when the row is there.</summary>
    public sealed record Insert(TableRow Entity) : TableAction(Entity.Partition, Entity.Row);

    /// <summary>Inserts or replaces the whole row, whatever is there.</summary>
    public sealed record Upsert(TableRow Entity) : TableAction(Entity.Partition, Entity.Row);

    /// <summary>Replaces the row whose ETag is <paramref name="ETag"/>; else <see cref="TableStatus.Changed"/> or <see cref="TableStatus.Missing"/>.</summary>
    public sealed record Replace(TableRow Entity, string ETag) : TableAction(Entity.Partition, Entity.Row);

    /// <summary>Deletes the row; with an ETag only that version. An absent row answers <see cref="TableStatus.Missing"/>.</summary>
    public sealed record Delete(string Partition, string Row, string? ETag = null) : TableAction(Partition, Row);
}
