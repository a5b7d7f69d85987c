namespace StackHub.Sqlite.Engine;

/// <summary>
/// Keeps the write-ahead log bounded. The bulk is copied on a thread of its own, beside the writer; then the writer copies the
/// little that came since and starts the log from its beginning, which only it can do without racing its own next commit.
/// </summary>
internal sealed class Checkpoints : IDisposable
{
    private const int PageKilobytes = 4;

    /// <summary>While one pass copies, the log grows; the next has that to copy and is shorter, so that little is left for the writer.</summary>
    private const int Passes = 3;

    private const int MostThresholds = 3;

    private static readonly TimeSpan ReaderPatience = TimeSpan.FromMilliseconds(50);

    private readonly Connection connection;
    private readonly SemaphoreSlim wanted = new(0);
    private readonly ManualResetEventSlim copied = new();
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
        var grown = writer.LoggedPages() - mark;
        if (state == State.Idle && grown >= threshold)
            Request();
        if (state == State.Copying && grown >= MostThresholds * threshold)
            copied.Wait(); // the disk is slower than the writer: only waiting keeps the log bounded
        if (state == State.Copied)
            Restart(writer);
    }

    public void Dispose()
    {
        closed = true;
        wanted.Release();
        thread.Join();
        wanted.Dispose();
        copied.Dispose();
        connection.Dispose();
    }

    private void Request()
    {
        state = State.Copying;
        copied.Reset();
        wanted.Release();
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
            for (var pass = 0; pass < Passes; pass++)
                connection.CopyLog();
            state = State.Copied;
            copied.Set();
        }
    }
}
