namespace StackHub.Connecting;

/// <summary>Tells who looks after secrets that a vendor refused one: perhaps it was renewed where it is kept.</summary>
public sealed class RefusedCredentials
{
    private TaskCompletionSource told = New();

    public void Tell() => Volatile.Read(ref told).TrySetResult();

    /// <summary>True as soon as a refusal was told, false when none was in time.</summary>
    public async Task<bool> WaitAsync(TimeSpan timeout, TimeProvider time, CancellationToken cancellationToken)
    {
        using var waited = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var delay = Task.Delay(timeout, time, waited.Token);
        await Task.WhenAny(told.Task, delay);
        cancellationToken.ThrowIfCancellationRequested();
        await waited.CancelAsync();
        if (!told.Task.IsCompleted)
            return false;
        Volatile.Write(ref told, New());
        return true;
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
