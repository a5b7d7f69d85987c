using System.Text.Json;
using StackHub.Audit.Drills;

namespace StackHub.Web.Audit;

/// <summary>A trial erasure, as the API tells it. The times it has not come to are absent.</summary>
/// <param name="Stage">making, looking, erasing, proving, passed, failed or notMade.</param>
/// <param name="Record">The vendor's id of the synthetic person.</param>
/// <param name="FoundAt">It was seen in the system.</param>
/// <param name="AskedAt">The vendor was asked to erase it.</param>
/// <param name="ConfirmedAt">The vendor says that it is done.</param>
/// <param name="GoneAt">It could no longer be found.</param>
/// <param name="Seconds">From asking until it was gone.</param>
/// <param name="Failure">Why it failed.</param>
public sealed record DrillView(string Id, string System, string Stage, DateTimeOffset StartedAt, string? Record, DateTimeOffset? FoundAt, DateTimeOffset? AskedAt, DateTimeOffset? ConfirmedAt, DateTimeOffset? GoneAt, DateTimeOffset? EndedAt, double? Seconds, string? Failure)
{
    public static DrillView Of(Trial trial) => new(
        trial.Id, trial.System, JsonNamingPolicy.CamelCase.ConvertName(trial.Stage.ToString()), trial.StartedAt, trial.Record, trial.FoundAt, trial.AskedAt, trial.ConfirmedAt, trial.GoneAt, trial.EndedAt, trial.Took?.TotalSeconds, trial.Failure);

    public override string ToString() => $"drill {Id}";
}

/// <summary>What the API is sent to start trial erasures.</summary>
/// <param name="System">The system to try; every one in which it can be tried when left out.</param>
public sealed record StartDrill(string? System)
{
    public override string ToString() => nameof(StartDrill);
}
