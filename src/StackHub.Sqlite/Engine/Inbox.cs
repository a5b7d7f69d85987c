namespace StackHub.Sqlite.Engine;

/// <summary>
/// Writes that wait for the writer thread. It has no bound: a caller waits for its write either way and holds the same memory,
/// whether it waits inside or outside. A monitor instead of a channel, because the reader is a thread that must sleep without spinning.
/// </summary>
internal sealed class Inbox
{
    private readonly object gate = new();
    private readonly Queue<IWriteOperation> pending = [];
    private bool waiting;
    private bool closed;

    public void Add(IWriteOperation operation)
    {
        lock (gate)
        {
            ObjectDisposedException.ThrowIf(closed, typeof(SqliteDatabase));
            pending.Enqueue(operation);
            if (waiting)
                Monitor.Pulse(gate);
        }
    }

    /// <summary>Waits for writes and moves up to <paramref name="max"/> of them; false when closed and empty.</summary>
    public bool Take(List<IWriteOperation> group, int max)
    {
        lock (gate)
        {
            while (pending.Count == 0)
            {
                if (closed)
                    return false;
                waiting = true;
                Monitor.Wait(gate);
                waiting = false;
            }
            while (group.Count < max && pending.TryDequeue(out var operation))
                group.Add(operation);
            return true;
        }
    }

    public void Close()
    {
        lock (gate)
        {
            closed = true;
            Monitor.PulseAll(gate);
        }
    }
}
