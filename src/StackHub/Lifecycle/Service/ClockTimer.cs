using Microsoft.Extensions.Logging;
using StackHub.Configuration;
using StackHub.Identity;
using StackHub.Suppression;
using StackHub.Triggers;

namespace StackHub.Lifecycle.Service;

/// <summary>Looks at the people whose time is up; and at everybody when the rules changed. Firing twice changes nothing.</summary>
public sealed class ClockTimer(HubModel model, DueClocks due, LifecycleFlow flow, LifecycleReplay replay, Redirects redirects, SuppressionList suppression, TimeProvider time, ILogger<ClockTimer> logger) : ITimerHandler
{
    private const int APage = 100;

    public string Name => TriggerTable.Clocks.Name;

    public TimeSpan Every => TriggerTable.Clocks.Every;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        if (model.Lifecycle is null)
            return;
        await redirects.EnsureFreshAsync(cancellationToken);
        await suppression.EnsureFreshAsync(cancellationToken);
        await replay.RunIfChangedAsync(cancellationToken);
        while (await due.PassedAsync(time.GetUtcNow(), APage, cancellationToken) is { Count: > 0 } passed)
        {
            var done = 0;
            foreach (var (person, row) in passed)
            {
                try
                {
                    await flow.RunPersonAsync(person, again: true, cancellationToken);
                    await due.DoneAsync(row, cancellationToken);
                    done++;
                }
                catch (JourneyContendedException) // whoever decides meanwhile looks at the clock as well; the next tick looks again
                {
                    logger.Contended(person);
                }
            }

            if (done == 0 || passed.Count < APage)
                return;
        }
    }
}
