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

    /// <param name="woken">Their failure is thrown; the others have messages of their own.</param>
    public async Task RunAsync(SystemId system, IReadOnlyCollection<(RequestId Request, string Task)> woken, CancellationToken cancellationToken)
    {
        var most = calls.MostAtOnce(system);
        var known = new ConcurrentDictionary<(RequestId Request, string Task), bool>(woken.ToDictionary(one => one, _ => true));
        var round = most == 1 ? new CallRound() : new CallRound(2 * most, wanted => MoreAsync(system, wanted, known, cancellationToken));
        await round.RunAsync([.. woken.Select(one => (Func<CallRound, Task>)(round => tasks.RunAsync(round, one.Request, one.Task, cancellationToken)))]);
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
            await tasks.RunAsync(round, request, task, cancellationToken);
        }
        catch (Exception e) when (e is not (OperationCanceledException or OutOfMemoryException)) // its own message tries it again, and gives it up in the end
        {
            logger.PutOff(request, task, e.GetType().Name);
        }
    }
}
