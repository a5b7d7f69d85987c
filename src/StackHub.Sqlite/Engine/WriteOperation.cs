namespace StackHub.Sqlite.Engine;

/// <summary>A caller's write on its way through the writer thread.</summary>
internal interface IWriteOperation
{
    /// <summary>Inside the transaction; may run again after a rollback.</summary>
    void Run(Writer writer);

    /// <summary>After the commit.</summary>
    void Complete();

    void Fail(Exception reason);
}

/// <summary>A write as a function of its state, so that no closure is made; it is its own promise for the same reason.</summary>
internal sealed class WriteOperation<TState, TResult>(TState state, Func<Writer, TState, TResult> work)
    : TaskCompletionSource<TResult>(TaskCreationOptions.RunContinuationsAsynchronously), IWriteOperation
{
    private TResult? result;

    public void Run(Writer writer) => result = work(writer, state);

    public void Complete() => SetResult(result!);

    public void Fail(Exception reason) => SetException(reason);
}
