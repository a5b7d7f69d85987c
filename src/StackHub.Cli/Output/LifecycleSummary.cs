using StackHub.Lifecycle;
using StackHub.Lifecycle.Options;
using StackHub.Records;

namespace StackHub.Cli.Output;

/// <summary>What a lifecycle in the configuration means.</summary>
/// <param name="Version">Of the rules, by what they say.</param>
public sealed record LifecycleSummary(string Version, int MachineVersion, IReadOnlyList<string> Stages, IReadOnlyList<SpeakerSummary> Systems, IReadOnlyList<int> ScoreVersions, IReadOnlyList<OptionSummary> Options, IReadOnlyList<string> Unreachable)
{
    public static LifecycleSummary Of(LifecyclePlan plan, IReadOnlyList<KnownOption> options, IReadOnlyList<SystemId> unreachable) => new(
        plan.Version, plan.Machine.Version, [.. plan.Machine.Stages.Select(stage => stage.Name)],
        [.. plan.Speakers.Values.OrderBy(speaker => speaker.System).Select(speaker => new SpeakerSummary(speaker.System.Name, speaker.Authority, speaker.Field, speaker.Deals, speaker.ProjectedField))],
        [.. plan.Score.All.Select(rule => rule.Version)],
        [.. options.Select(option => new OptionSummary(option.System.Name, option.Option.VendorField, option.Option.Value, option.Option.Label, option.Stage, option.Option.IsConverted))],
        [.. unreachable.Select(system => system.Name)]);
}

/// <summary>An option of a tool's stage field.</summary>
/// <param name="Stage">What it means to the hub; null for nothing.</param>
public sealed record OptionSummary(string System, string Field, string Value, string Label, string? Stage, bool Converted);

/// <param name="Given">The field whose value it is given; null for none.</param>
public sealed record SpeakerSummary(string System, string Authority, string Field, bool Opportunities, string? Given);
