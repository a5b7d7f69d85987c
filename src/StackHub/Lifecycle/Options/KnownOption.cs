using StackHub.Configuration;
using StackHub.Connecting;
using StackHub.Records;

namespace StackHub.Lifecycle.Options;

/// <summary>An option of a system's stage field and what it means to the hub.</summary>
/// <param name="Stage">Null when nobody has said.</param>
public sealed record KnownOption(SystemId System, StageOption Option, string? Stage)
{
    /// <summary>A person there may choose it, and nobody would be moved.</summary>
    public bool IsUnmapped => Stage is null && !Option.IsConverted;

    /// <summary>Those of the field in which the system speaks of stages. Pure.</summary>
    public static IEnumerable<KnownOption> Of(LifecyclePlan plan, SystemModel system, IEnumerable<StageOption> options)
    {
        if (plan.Speakers.GetValueOrDefault(system.Id) is not { } speaker)
            yield break;
        var fields = system.Maps.Values.Select(map => map.Field(speaker.OwnField)?.Map.VendorField).OfType<string>().ToHashSet(StringComparer.Ordinal);
        foreach (var option in options.Where(option => fields.Contains(option.VendorField)))
            yield return new(system.Id, option, plan.StageOf(speaker, option.Value) ?? Own(plan, system, option));
    }

    /// <summary>What the connector's own map makes of it.</summary>
    private static string? Own(LifecyclePlan plan, SystemModel system, StageOption option) => system.Maps.Values
        .Select(map => map.Field(plan.Speakers[system.Id].OwnField))
        .Where(field => field?.Map.VendorField == option.VendorField)
        .Select(field => field!.ToCanonical(option.Value)?.Text)
        .FirstOrDefault(stage => stage is not null && plan.Machine.Find(stage) is not null);
}
