using StackHub.Records;
using StackHub.Web.Errors;
using StackHub.Web.Records;

namespace StackHub.Web.Routing.Simulating;

/// <summary>What the simulation page shows: the form as it was sent, and what came of it.</summary>
/// <param name="Version">Of the rules in force; null when the hub routes no leads.</param>
/// <param name="Rules">The candidate's text.</param>
public sealed record SimulationModel(string? Version, string Rules, string Last, string WarmUp, string Within)
{
    /// <summary>The field of the form that cannot be read.</summary>
    public string? Wrong { get; init; }

    /// <summary>Why the rules cannot be read.</summary>
    public IReadOnlyList<RulePlace> Problems { get; init; } = [];

    /// <summary>Null before there is one.</summary>
    public SimulationView? Result { get; init; }

    public IReadOnlyDictionary<RecordId, RecordName> Names { get; init; } = new Dictionary<RecordId, RecordName>();

    public string? IsWrong(string field) => Wrong == field ? "true" : null;

    public override string ToString() => "simulation";
}
