namespace StackHub.Testing.Storage;

/// <summary>
/// What the fakes share: hooks around every operation, named such as "tables.write people", in which a test can throw as if the process
/// had died just before or just after the step.
/// </summary>
public abstract class InMemoryStore
{
    private readonly Lock gate = new();

    public Func<string, Task>? Before { get; set; }

    public Func<string, Task>? After { get; set; }

    private protected async Task<T> StepAsync<T>(string operation, Func<T> step, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (Before is { } before)
            await before(operation);
        var result = Locked(step);
        if (After is { } after)
            await after(operation);
        return result;
    }

    private protected T Locked<T>(Func<T> step)
    {
        lock (gate)
            return step();
    }
}
