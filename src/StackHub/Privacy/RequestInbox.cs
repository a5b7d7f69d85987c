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

    /// <summary>Whether it can be proven in time, before anybody is promised anything; empty without a plan or a law.</summary>
    public IReadOnlyList<SystemFeasibility> Feasible(PrivacyRequest request) => Feasible(request, null);

    /// <summary>The same, with what is ahead of it in each system and what the vendor's quota makes of that.</summary>
    public async Task<IReadOnlyList<SystemFeasibility>> FeasibleAsync(PrivacyRequest request, CancellationToken cancellationToken)
    {
        if (request.Plan is not { } plan)
            return [];
        var busy = (await store.BusyAsync(cancellationToken)).Where(one => one.Request != request.Id).CountBy(one => one.System).ToDictionary();
        var loads = new Dictionary<SystemId, SystemLoad>();
        foreach (var system in plan.Systems.Select(system => system.System).Where(model.Systems.ContainsKey).Distinct())
            loads[system] = SystemLoad.Of(model.Systems[system], await writes.CountAsync(system, cancellationToken), busy.GetValueOrDefault(system));
        return Feasible(request, loads);
    }

    private IReadOnlyList<SystemFeasibility> Feasible(PrivacyRequest request, IReadOnlyDictionary<SystemId, SystemLoad>? loads) =>
        request is { Plan: { } plan } && request.SafeDue(laws) is { } due ? Feasibility.Of(plan with { Systems = [.. plan.Systems.Where(system => model.Systems.ContainsKey(system.System))] }, model, due, time.GetUtcNow(), loads) : [];
}
