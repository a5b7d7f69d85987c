using System.Diagnostics;

namespace StackHub.Sqlite.Engine;

/// <summary>
/// The writer thread: whatever waits is written in one transaction and acknowledged after its commit. When anything in a group
/// throws, the group is undone and each operation runs in a transaction of its own, so that only the culprit fails.
/// </summary>
internal sealed class GroupCommit : IDisposable
{
    private static readonly TimeSpan BusyPause = TimeSpan.FromMilliseconds(1);

    private readonly Inbox inbox = new();
    private readonly ManualResetEventSlim never = new();
    private readonly Writer writer;
    private readonly Checkpoints checkpoints;
    private readonly SqliteOptions options;
    private readonly Thread thread;

    public GroupCommit(Writer writer, Checkpoints checkpoints, SqliteOptions options)
    {
        this.writer = writer;
        this.checkpoints = checkpoints;
        this.options = options;
        thread = new Thread(Work) { Name = "sqlite writer", IsBackground = true };
        thread.Start();
    }

    public Task<TResult> WriteAsync<TState, TResult>(TState state, Func<Writer, TState, TResult> work)
    {
        var operation = new WriteOperation<TState, TResult>(state, work);
        inbox.Add(operation);
        return operation.Task;
    }

    /// <summary>Writes what is waiting, then ends.</summary>
    public void Dispose()
    {
        inbox.Close();
        thread.Join();
        never.Dispose();
        writer.Dispose();
    }

    private void Work()
    {
        var group = new List<IWriteOperation>(options.MaxGroup);
        while (inbox.Take(group, options.MaxGroup))
        {
            if (!TryCommit(group, out _))
                CommitEach(group);
            group.Clear();
            checkpoints.AfterCommit(writer.Connection);
        }
    }

    private void CommitEach(List<IWriteOperation> group)
    {
        var alone = new List<IWriteOperation>(1);
        foreach (var operation in group)
        {
            alone.Clear();
            alone.Add(operation);
            if (!TryCommit(alone, out var reason))
                operation.Fail(reason!);
        }
    }

    private bool TryCommit(List<IWriteOperation> group, out Exception? reason)
    {
        try
        {
            Begin();
            foreach (var operation in group)
                operation.Run(writer);
            writer.Commit();
        }
        catch (Exception e) // whatever it is, it belongs to a caller and not to this thread
        {
            writer.Rollback();
            reason = e;
            return false;
        }
        foreach (var operation in group)
            operation.Complete();
        reason = null;
        return true;
    }

    /// <summary>SQLite's own busy handler sleeps up to 100 ms, which loses every race against another process that writes at full speed.</summary>
    private void Begin()
    {
        var started = Stopwatch.GetTimestamp();
        while (true)
        {
            try
            {
                writer.Begin();
                return;
            }
            catch (SqliteFailedException e) when (e.IsBusy && Stopwatch.GetElapsedTime(started) < options.BusyTimeout)
            {
                never.Wait(BusyPause);
            }
        }
    }
}
