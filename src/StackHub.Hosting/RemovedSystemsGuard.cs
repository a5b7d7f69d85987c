using Microsoft.Extensions.Hosting;
using StackHub.Privacy;

namespace StackHub.Hosting;

/// <summary>The hub does not start without a system that still owes somebody something: it would be forgotten.</summary>
public sealed class RemovedSystemsGuard(RemovedSystems removed) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var problems = await removed.ProblemsAsync(cancellationToken);
        if (problems.Count > 0)
            throw new HubStartException(string.Join(Environment.NewLine, problems));
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
