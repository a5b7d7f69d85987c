using StackHub.Audit.Drills;
using StackHub.Audit.Inventory;
using StackHub.Configuration;
using StackHub.Connecting;

namespace StackHub.Web.Audit;

/// <summary>Where trial erasures can be made, and what came of them.</summary>
/// <param name="Trials">The newest first.</param>
public sealed record DrillsModel(IReadOnlyList<DrillSystem> Systems, IReadOnlyList<Trial> Trials)
{
    public IReadOnlyList<DrillSystem> Able => [.. Systems.Where(system => system.Obstacle is null)];

    public bool IsAnyUnderWay => Trials.Any(trial => !trial.IsOver);

    public override string ToString() => $"{Trials.Count} trial erasures";
}

/// <summary>A system, and why no trial can be made there.</summary>
/// <param name="Last">The last result, of a trial of the hub's or of one made by hand.</param>
public sealed record DrillSystem(SystemModel System, string? Obstacle, DrillResult? Last)
{
    public ErasureClaim? Claim => ErasureClaim.Of(System.Objects);

    public override string ToString() => System.ToString();
}
