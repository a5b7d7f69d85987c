namespace StackHub.Sqlite.Engine;

/// <summary>
/// Keeps the write-ahead log bounded. The bulk is copied on a thread of its own, beside the writer; then the writer copies the
/// little that came since and starts the log from its beginning, which only it can do without racing its own next commit.
/// </summary>
internal sealed class Checkpoints : IDisposable
{
    private const int PageKilobytes = 4;
    private static readonly TimeSpan ReaderPatience = TimeSpan.FromMilliseconds(50);

    private readonly Connection connection;
    private readonly SemaphoreSlim wanted = new(0);
    private readonly Thread thread;
    private readonly int threshold;
    private int mark;
    private volatile State state;
    private volatile bool closed;

    public Checkpoints(Connection connection, SqliteOptions options)
    {
        this.connection = connection;
        threshold = Math.Max(1, options.LogKilobytes / PageKilobytes);
        thread = new Thread(Copy) { Name = "sqlite checkpoint", IsBackground = true };
        thread.Start();
    }

    private enum State
    {
        Idle,
        Copying,
        Copied,
    }

    /// <summary>On the writer thread, between two transactions.</summary>
    public void AfterCommit(Connection writer)
    {
        if (state == State.Copied)
            Restart(writer);
        else if (state == State.Idle && writer.LoggedPages() - mark >= threshold)
        {
            state = State.Copying;
            wanted.Release();
        }
    }

    public void Dispose()
    {
        closed = true;
        wanted.Release();
        thread.Join();
        wanted.Dispose();
        connection.Dispose();
    }

    private void Restart(Connection writer)
    {
        writer.SetBusyTimeout(ReaderPatience);
        var restarted = writer.RestartLog();
        writer.SetBusyTimeout(TimeSpan.Zero);
        // When a reader elsewhere holds on to the log, it is tried again soon instead of after a whole log more.
        mark = writer.LoggedPages() - (restarted ? 0 : threshold * 3 / 4);
        state = State.Idle;
    }

    private void Copy()
    {
        while (true)
        {
            wanted.Wait();
            if (closed)
                return;
            connection.CopyLog();
            state = State.Copied;
        }
    }
}
