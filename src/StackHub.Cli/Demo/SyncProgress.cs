namespace StackHub.Cli.Demo;

/// <summary>Reports where it is called; <see cref="Progress{T}"/> would report later, on another thread, and out of order.</summary>
public sealed class SyncProgress<T>(Action<T> report) : IProgress<T>
{
    public void Report(T value) => report(value);
}
