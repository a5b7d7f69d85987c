using StackHub.Calendars;
using StackHub.Configuration;
using StackHub.Configuration.Format;

namespace StackHub.Routing.Simulating;

/// <summary>What to simulate besides the candidate.</summary>
/// <param name="Last">How far back the window begins.</param>
/// <param name="WarmUp">For how long before it leads are replayed under the rules in force; zero begins with empty pools.</param>
/// <param name="Within">In which working time a lead is to be spoken to; null for what the lifecycle promises.</param>
public sealed record SimulationWindow(TimeSpan Last, TimeSpan WarmUp, TimeSpan? Within)
{
    public static readonly SimulationWindow Usual = new(TimeSpan.FromDays(30), TimeSpan.FromDays(30), null);

    private static readonly TimeSpan Longest = TimeSpan.FromDays(366);

    /// <summary>A whole number and a unit, such as 30d or 12h, of at most a year; null for anything else.</summary>
    public static TimeSpan? Span(string? text, bool canBeNone = false) =>
        text is not null && Duration.Parse(text) is { } span && span <= Longest && (canBeNone || span > TimeSpan.Zero) ? span : null;
}

/// <summary>Simulates a candidate on what was routed: reads, decides in memory, and writes nothing.</summary>
public sealed class SimulationDesk(HubModel model, RecordedRoutings recorded, TimeProvider time)
{
    /// <param name="candidate">Of this hub; the hub routes.</param>
    public async Task<SimulationResult> RunAsync(RoutingPlan candidate, SimulationWindow window, CancellationToken cancellationToken)
    {
        var (present, until) = (model.Routing!, time.GetUtcNow());
        var from = until - window.Last;
        var promise = TouchPromises.Of(model, window.Within is { } within ? new ServiceTerm(0, 0, within) : null);
        var routings = await recorded.ReadAsync(present, present.Asked.Union(candidate.Asked).ToArray(), promise?.Field, from - window.WarmUp, until, cancellationToken);
        return Simulation.Of(new(routings, present, candidate, from - window.WarmUp, from, until) { Promise = promise });
    }
}
