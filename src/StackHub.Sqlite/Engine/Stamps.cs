namespace StackHub.Sqlite.Engine;

/// <summary>
/// Numbers that are never given twice, for ETags, receipts and message ids. A process reserves a block of them in the file,
/// since a counter row would cost every transaction a page.
/// </summary>
internal sealed class Stamps(Connection connection)
{
    private const long Block = 1_000_000;

    private static readonly Query Reserve = new($"UPDATE stamps SET next = next + {Block} RETURNING next");

    private long next;
    private long end;

    /// <summary>Inside a transaction.</summary>
    public long Next()
    {
        if (next == end)
            Refill();
        return next++;
    }

    /// <summary>After a rollback: the block may have been reserved in what was just undone.</summary>
    public void Forget() => next = end = 0;

    private void Refill()
    {
        using var run = connection.Start(Reserve);
        run.Step();
        end = run.Long(0);
        next = end - Block;
    }
}
