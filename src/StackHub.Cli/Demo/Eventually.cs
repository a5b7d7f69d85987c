using System.Diagnostics;

namespace StackHub.Cli.Demo;

/// <summary>Waits for what the hub does by itself.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>False when it never became true.</summary>
    public static async Task<bool> IsAsync(Func<Task<bool>> condition, TimeSpan pause, CancellationToken cancellationToken)
    {
        var watch = Stopwatch.StartNew();
        while (!await condition())
        {
            if (watch.Elapsed > Patience)
                return false;
            await Task.Delay(pause, cancellationToken);
        }

        return true;
    }
}
