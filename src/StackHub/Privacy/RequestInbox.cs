using StackHub.Configuration;
using StackHub.Connecting;
using StackHub.Privacy.Clocks;
using StackHub.Privacy.Planning;
using StackHub.Privacy.Tasks;
using StackHub.Records;

namespace StackHub.Privacy;

/// <summary>One line of the officers' inbox.</summary>
public sealed record InboxLine(PrivacyRequest Request, IReadOnlyList<LawDue> Due, DateTimeOffset? SafeDue, bool Overdue, IReadOnlyList<PrivacyTask> Tasks, string Words);

/// <summary>What is open, what is due first on top.</summary>
public sealed class RequestInbox(PrivacyStore store, LawBook laws, HubModel model, IWaitingWrites writes, TimeProvider time)
{
    public async Task<IReadOnlyList<InboxLine>> ListAsync(CancellationToken cancellationToken)
    {
        var lines = new List<InboxLine>();
        foreach (var id in await store.OpenAsync(cancellationToken))
            if (await FindAsync(id, cancellationToken) is { } line && line.Request.State.IsOpen())
                lines.Add(line);
        return [.. lines.OrderBy(line => line.SafeDue ?? DateTimeOffset.MaxValue).ThenBy(line => line.Request.ReceivedAt).ThenBy(line => line.Request.Id)];
    }

    public async Task<InboxLine?> FindAsync(RequestId id, CancellationToken cancellationToken)
    {
        if (await store.FindAsync(id, cancellationToken) is not { } request)
            return null;
        var (due, tasks) = (request.Due(laws), await store.TasksAsync(id, cancellationToken));
        var safe = due.Count == 0 ? (DateTimeOffset?)null : due.Min(one => one.SafeDue);
        return new(request, due, safe, request.State.IsOpen() && safe <= time.GetUtcNow(), tasks, request.State.IsRunning() ? RequestProgress.Words(tasks) : "");
    }

    /// <summary>
    /// Whether it can be proven in time, before anybody is promised anything: the vendor's window, what is ahead of it in each system and
    /// what the vendor's quota makes of that. Empty without a plan or a law.
    /// </summary>
    public async Task<IReadOnlyList<SystemFeasibility>> FeasibleAsync(PrivacyRequest request, CancellationToken cancellationToken) =>
        (await AllFeasibleAsync([request], cancellationToken))[request.Id];

    /// <summary>The same of many; what waits in the systems is counted once.</summary>
    public async Task<IReadOnlyDictionary<RequestId, IReadOnlyList<SystemFeasibility>>> AllFeasibleAsync(IReadOnlyCollection<PrivacyRequest> requests, CancellationToken cancellationToken)
    {
        var systems = requests.SelectMany(request => request.Plan?.Systems ?? []).Select(system => system.System).Where(model.Systems.ContainsKey).ToHashSet();
        // Counted once: there are as many tasks as requests, and more.
        var busy = (systems.Count == 0 ? [] : await store.BusyAsync(cancellationToken)).CountBy(one => one).ToDictionary();
        var ahead = busy.GroupBy(one => one.Key.System).ToDictionary(one => one.Key, one => one.Sum(request => request.Value));
        var waiting = new Dictionary<SystemId, int>();
        foreach (var system in systems)
            waiting[system] = await writes.CountAsync(system, cancellationToken);
        return requests.DistinctBy(request => request.Id).ToDictionary(request => request.Id, request => Feasible(request, systems.ToDictionary(
            system => system, system => SystemLoad.Of(model.Systems[system], waiting[system], ahead.GetValueOrDefault(system) - busy.GetValueOrDefault((system, request.Id))))));
    }

    private IReadOnlyList<SystemFeasibility> Feasible(PrivacyRequest request, IReadOnlyDictionary<SystemId, SystemLoad> loads) =>
        request is { Plan: { } plan, State: not PrivacyRequestState.Appealed } && request.SafeDue(laws) is { } due ? Feasibility.Of(plan with { Systems = [.. plan.Systems.Where(system => model.Systems.ContainsKey(system.System))] }, model, due, time.GetUtcNow(), loads) : [];
}
