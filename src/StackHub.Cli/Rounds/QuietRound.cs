using StackHub.Cli.Hosting;
using StackHub.Storage;

namespace StackHub.Cli.Rounds;

/// <summary>Waits until nothing that came in or has to be matched waits any more; the pump here or the serving process does the work.</summary>
internal sealed class QuietRound(HubSession hub)
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(50);

    /// <summary>False when the messages did not become fewer for this long.</summary>
    public async Task<bool> RunAsync(TimeSpan patience, CancellationToken cancellationToken)
    {
        var time = hub.Get<TimeProvider>();
        var (least, since) = (int.MaxValue, time.GetTimestamp());
        while (true)
        {
            var waiting = await hub.Get<IMessageQueue>().CountAsync(Queues.Inbound, cancellationToken) + await hub.Get<IMessageQueue>().CountAsync(Queues.Match, cancellationToken);
            if (waiting == 0)
                return true;
            if (waiting < least)
                (least, since) = (waiting, time.GetTimestamp());
            else if (time.GetElapsedTime(since) > patience)
                return false;
            await Task.Delay(Look, time, cancellationToken);
        }
    }
}
