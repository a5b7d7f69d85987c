using StackHub.Records;
using StackHub.Routing;
using StackHub.Routing.Board;
using StackHub.Routing.Ledger;
using StackHub.Routing.Previews;

namespace StackHub.Web.Routing;

/// <summary>How leads are routed, under which version, and how the pools stand.</summary>
public sealed record RoutingView(string Version, string Who, IReadOnlyList<RuleView> Rules, string? Fallback, IReadOnlyList<PoolView> Pools)
{
    public static RoutingView Of(RoutingPlan plan, IReadOnlyList<PoolBoard> pools) => new(
        plan.Version,
        plan.Scope.When.ToString()!,
        [.. plan.Rules.Select(rule => new RuleView(rule.Name, rule.When == StackHub.Rules.Condition.Always ? "everybody" : rule.When.ToString()!, rule.To.ToString()!, rule.Percent, rule.IsShadow))],
        plan.Fallback?.ToString(),
        [.. pools.Select(PoolView.Of)]);
}

/// <param name="Shadow">Decides nothing; what it would have decided is recorded.</param>
public sealed record RuleView(string Name, string When, string To, int Percent, bool Shadow);

/// <param name="Fairness">Jain's index of leads for weight: 1 is even.</param>
/// <param name="Held">Who waits, the longest first; at most twenty.</param>
public sealed record PoolView(string Name, string? Strategy, int Waiting, double? Fairness, IReadOnlyList<MemberView> Members, IReadOnlyList<RecordId> Held)
{
    public static PoolView Of(PoolBoard board) => new(board.Name, board.Pool?.Strategy.ToString(), board.Waiting, board.Fairness is { } index ? Math.Round(index, 3) : null, [.. board.Members.Select(MemberView.Of)], board.Held);
}

/// <param name="Check">Why they cannot be chosen now; absent when they can.</param>
public sealed record MemberView(string Owner, int Weight, long Given, int Open, string? Cap, int? OpenCap, string? Check)
{
    public static MemberView Of(MemberBoard board) => new(
        board.Member.Owner.Name, board.Member.Weight, board.State.Given, board.State.Open,
        board.Member.Cap is { } cap ? $"{cap.Count}/{cap.Window.ToString().ToLowerInvariant()}" : null, board.Member.OpenCap, board.Check);
}

/// <summary>One routing of one lead: what was considered, who was not chosen and why, the choice, and how it stands. It holds no personal data.</summary>
public sealed record DecisionView(RecordId Lead, int Attempt, DateTimeOffset At, string Version, string State, string? Owner, string? Step, string? Pool, string? Reason, string Why)
{
    public required IReadOnlyList<TraceView> Steps { get; init; }

    /// <summary>Everybody who was not chosen, with the first check they failed.</summary>
    public required IReadOnlyList<TraceView> Rejected { get; init; }

    /// <summary>Rules that only watch, and where they would have sent it.</summary>
    public required IReadOnlyList<TraceView> Shadows { get; init; }

    public DateTimeOffset? EndedAt { get; init; }

    public string? Ended { get; init; }

    /// <summary>Who moved it here by hand; absent where the rules alone decided.</summary>
    public OrderView? Order { get; init; }

    /// <summary>Who moved it away by hand.</summary>
    public OrderView? EndedBy { get; init; }

    /// <summary>The same with those who moved it by hand by what they are called.</summary>
    public DecisionView Named(IReadOnlyDictionary<string, string> people) => this with { Order = Order?.Named(people), EndedBy = EndedBy?.Named(people) };

    public static DecisionView Of(LedgerEntry entry) => new(
        entry.Lead, entry.Attempt, entry.Trace.At, entry.Trace.Plan, entry.State.ToString(), entry.Owner, entry.Step, entry.Pool, entry.Reason, entry.Trace.Why)
    {
        Steps = [.. entry.Trace.Steps.Select(step => new TraceView(step.Name, step.Outcome))],
        Rejected = [.. entry.Trace.Rejected.Select(rejection => new TraceView(rejection.Owner.Name, rejection.Check))],
        Shadows = [.. entry.Trace.Shadows.Select(step => new TraceView(step.Name, step.Outcome))],
        EndedAt = entry.EndedAt,
        Ended = entry.Ended,
        Order = OrderView.Of(entry.Order),
        EndedBy = OrderView.Of(entry.EndedBy),
    };
}

/// <summary>A lead that a person moved by hand.</summary>
/// <param name="To">Whom they named; absent for whoever was next.</param>
public sealed record OrderView(string By, string Reason, string? To)
{
    public OrderView Named(IReadOnlyDictionary<string, string> people) => this with { By = people.GetValueOrDefault(By, By) };

    public static OrderView? Of(RoutingOrder? order) => order is null ? null : new(order.By, order.Reason, order.To?.Name);
}

/// <summary>What would have to change for an owner or a pool to get a lead now: every way there, the shortest first.</summary>
public sealed record WhatIfView(RecordId Lead, string For, IReadOnlyList<WhatIfWayView> Ways)
{
    public static WhatIfView Of(RecordId lead, WhatIf preview) =>
        new(lead, preview.Target.ToString(), [.. preview.Ways.Select(way => new WhatIfWayView(way.By, way.To, [.. way.Changes.Select(change => new TraceView(change.Name, change.What))]))]);
}

/// <param name="By">The rule it would come by.</param>
public sealed record WhatIfWayView(string By, string To, IReadOnlyList<TraceView> Changes);

/// <summary>Something or somebody that was considered, and what came of it.</summary>
public sealed record TraceView(string Name, string Outcome);
