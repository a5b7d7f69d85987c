namespace StackHub.Sqlite.Engine;

/// <summary>
/// Reading connections, one for each thread that reads at the same time. A read is a transaction of its own that starts after the call,
/// so it sees every write acknowledged before.
/// </summary>
internal sealed class Readers(Func<Connection> open) : IDisposable
{
    private readonly Connection?[] idle = new Connection?[2 * Environment.ProcessorCount];
    private volatile bool closed;

    public TResult Read<TState, TResult>(TState state, Func<Connection, TState, TResult> work)
        where TState : allows ref struct
    {
        ObjectDisposedException.ThrowIf(closed, typeof(SqliteDatabase));
        var connection = Rent();
        try
        {
            return work(connection, state);
        }
        finally
        {
            Return(connection);
        }
    }

    public void Dispose()
    {
        closed = true;
        for (var i = 0; i < idle.Length; i++)
            Interlocked.Exchange(ref idle[i], null)?.Dispose();
    }

    private Connection Rent()
    {
        for (var i = 0; i < idle.Length; i++)
            if (idle[i] is not null && Interlocked.Exchange(ref idle[i], null) is { } connection)
                return connection;
        return open();
    }

    private void Return(Connection connection)
    {
        if (!closed)
            for (var i = 0; i < idle.Length; i++)
                if (idle[i] is null && Interlocked.CompareExchange(ref idle[i], connection, null) is null)
                    return;
        connection.Dispose();
    }
}
