namespace StackHub.Sqlite.Engine;

/// <summary>The one writing connection and what belongs to its open transaction.</summary>
internal sealed class Writer(Connection connection) : IDisposable
{
    private static readonly Query BeginImmediate = new("BEGIN IMMEDIATE");
    private static readonly Query CommitAll = new("COMMIT");
    private static readonly Query AddDepth = new("UPDATE queues SET depth = depth + ? WHERE id = ?");

    private readonly Stamps stamps = new(connection);
    private readonly Dictionary<int, int> depths = [];

    public Connection Connection => connection;

    public long NextStamp() => stamps.Next();

    /// <summary>Notes that a queue grew or shrank; one row a queue and transaction keeps the count.</summary>
    public void Deepen(int queue, int by) => depths[queue] = depths.GetValueOrDefault(queue) + by;

    public void Begin()
    {
        using var run = connection.Start(BeginImmediate);
        run.Step();
    }

    public void Commit()
    {
        SaveDepths();
        using var run = connection.Start(CommitAll);
        run.Step();
    }

    public void Rollback()
    {
        depths.Clear();
        stamps.Forget();
        try
        {
            connection.Execute("ROLLBACK");
        }
        catch (SqliteFailedException) // SQLite has already rolled back after a failure of the disk
        {
        }
    }

    public void Dispose() => connection.Dispose();

    private void SaveDepths()
    {
        foreach (var (queue, by) in depths)
        {
            if (by == 0)
                continue;
            using var run = connection.Start(AddDepth);
            run.Bind(1, by);
            run.Bind(2, queue);
            run.Step();
        }
        depths.Clear();
    }
}
