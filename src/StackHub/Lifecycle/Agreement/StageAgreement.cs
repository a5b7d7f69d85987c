using System.Globalization;
using StackHub.Configuration;
using StackHub.Records;
using StackHub.Sync;

namespace StackHub.Lifecycle.Agreement;

/// <summary>How many of the people a system has are there where the hub says they are.</summary>
/// <param name="Rejected">The system took the stage and does not show it.</param>
public sealed record SystemAgreement(SystemId System, DateTimeOffset At, long People, long Agreeing, long Rejected)
{
    /// <summary>Null while nobody is there.</summary>
    public double? Percent => People == 0 ? null : 100.0 * Agreeing / People;

    public override string ToString() => Percent is { } percent ? string.Create(CultureInfo.InvariantCulture, $"{System}: {percent:0.0} %") : $"{System}: n/a";
}

/// <summary>What became of one person's stage in one record of a system.</summary>
public enum StageVerdict
{
    /// <summary>The hub has no stage for the person, or the system is given none.</summary>
    NotCompared,
    Agrees,
    Differs,
    Rejected,
}

/// <summary>Compares what a system shows with what the hub says. Pure.</summary>
public static class StageAgreement
{
    public static StageVerdict Of(LifecyclePlan plan, SystemModel system, LinkedRecord link, CanonicalView view)
    {
        if (plan.Speakers.GetValueOrDefault(system.Id)?.ProjectedField is not { } name || !link.Active || !system.Maps.TryGetValue(link.Ref.ObjectType, out var map) || map.Field(name) is not { } field)
            return StageVerdict.NotCompared;
        if (view.Decide(name) is not { Value.IsBlank: false } wanted || !field.MayWrite(wanted.Value, FieldValue.Blank))
            return StageVerdict.NotCompared;
        if (link.Refusals.TryGetValue(name, out var refusal) && refusal.ValueHash == ValueHash.Of(wanted.Value))
            return StageVerdict.Rejected;
        return Differences.Same(field, wanted.Value, link.Cell(name).State.Held ?? FieldValue.Blank) ? StageVerdict.Agrees : StageVerdict.Differs;
    }
}
