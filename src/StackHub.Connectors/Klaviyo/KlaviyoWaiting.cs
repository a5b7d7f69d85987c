namespace StackHub.Connectors.Klaviyo;

/// <summary>Waits for what Klaviyo does later, looking ever less often.</summary>
internal sealed class KlaviyoWaiting(TimeProvider time)
{
    private static readonly TimeSpan First = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(5);

    /// <summary>False when it is not done after all that time.</summary>
    public async Task<bool> UntilAsync(TimeSpan patience, Func<CancellationToken, Task<bool>> isDone, CancellationToken cancellationToken)
    {
        var (start, pause) = (time.GetTimestamp(), First);
        while (!await isDone(cancellationToken))
        {
            var left = patience - time.GetElapsedTime(start);
            if (left <= TimeSpan.Zero)
                return false;
            await Task.Delay(pause < left ? pause : left, time, cancellationToken);
            pause = pause * 2 < Longest ? pause * 2 : Longest;
        }

        return true;
    }
}
