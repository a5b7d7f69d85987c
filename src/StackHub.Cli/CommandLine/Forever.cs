namespace StackHub.Cli.CommandLine;

/// <summary>Waits for Ctrl-C or SIGTERM, which are an order and not a failure.</summary>
internal static class Forever
{
    public static async Task UntilAsync(CancellationToken cancellationToken)
    {
        var stopped = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = cancellationToken.Register(stopped.SetResult);
        await stopped.Task;
    }
}
