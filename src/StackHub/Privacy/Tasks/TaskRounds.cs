using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using StackHub.Records;

namespace StackHub.Privacy.Tasks;

/// <summary>
/// Goes on with tasks of one system: with those that were woken, and with as many others that are due there as its vendor takes at once.
/// </summary>
public sealed class TaskRounds(TaskRunner tasks, RequestRunner requests, DueTasks due, SystemCalls calls, TimeProvider time, ILogger<TaskRounds> logger)
{
    private const int SideBySide = 8;
    private readonly Lock gate = new();
    private readonly Dictionary<(RequestId, string), bool> running = [];

    /// <param name="woken">Their failure is thrown; the others have messages of their own.</param>
    public async Task RunAsync(SystemId system, IReadOnlyCollection<(RequestId Request, string Task)> woken, CancellationToken cancellationToken)
    {
        var most = calls.MostAtOnce(system);
        var known = new ConcurrentDictionary<(RequestId Request, string Task), bool>(woken.ToDictionary(one => one, _ => true));
        var round = most == 1 ? new CallRound() : new CallRound(2 * most, wanted => MoreAsync(system, wanted, known, cancellationToken));
        await round.RunAsync([.. woken.Select(one => (Func<CallRound, Task>)(round => RunAsync(round, one.Request, one.Task, cancellationToken)))]);
        var together = new ParallelOptions { MaxDegreeOfParallelism = SideBySide, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(known.Keys.Select(one => one.Request).Distinct(), together, async (request, token) => await requests.FollowAsync(request, token));
    }

    /// <param name="known">Those that are in the round.</param>
    private async Task<IReadOnlyList<Func<CallRound, Task>>> MoreAsync(SystemId system, int wanted, ConcurrentDictionary<(RequestId, string), bool> known, CancellationToken cancellationToken)
    {
        while (await due.TakeAsync(system, wanted, time.GetUtcNow(), cancellationToken) is { Count: > 0 } taken)
            if (taken.Where(one => known.TryAdd(one, true)).ToArray() is { Length: > 0 } others)
                return [.. others.Select(one => (Func<CallRound, Task>)(round => TryAsync(round, one.Request, one.Task, cancellationToken)))];
        return [];
    }

    private async Task TryAsync(CallRound round, RequestId request, string task, CancellationToken cancellationToken)
    {
        try
        {
            await RunAsync(round, request, task, cancellationToken);
        }
        catch (Exception e) when (e is not (OperationCanceledException or OutOfMemoryException)) // its own message tries it again, and gives it up in the end
        {
            logger.PutOff(request, task, e.GetType().Name);
        }
    }

    /// <summary>Whoever comes while it runs in another round here leaves it to that one, which then looks once more.</summary>
    private async Task RunAsync(CallRound round, RequestId request, string task, CancellationToken cancellationToken)
    {
        var key = (request, task);
        lock (gate)
        {
            if (running.ContainsKey(key))
            {
                running[key] = true;
                return;
            }
            running[key] = false;
        }
        try
        {
            do
                await tasks.RunAsync(round, request, task, cancellationToken);
            while (IsToldAgain(key));
        }
        catch
        {
            lock (gate)
                running.Remove(key);
            throw;
        }
    }

    /// <summary>Over, unless somebody came meanwhile: both are decided at once, so that nobody is overheard.</summary>
    private bool IsToldAgain((RequestId, string) key)
    {
        lock (gate)
        {
            var again = running[key];
            if (again)
                running[key] = false;
            else
                running.Remove(key);
            return again;
        }
    }
}
