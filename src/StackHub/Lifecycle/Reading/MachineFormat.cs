using System.Collections.Immutable;
using StackHub.Calendars;
using StackHub.Configuration.Format;
using StackHub.Configuration.Yaml;
using StackHub.Lifecycle.Machine;

namespace StackHub.Lifecycle.Reading;

/// <summary>The keys of a machine of one's own; the default one is a file with the same keys.</summary>
internal static class MachineFormat
{
    private static readonly Key<int?> Version = new("version", new WholeNumber(1, 1_000_000), "Raised with every change.") { Default = "1" };
    private static readonly Key<string> Start = new("start", new TextValue("A stage"), "Where everybody begins.") { Required = true };
    private static readonly Key<ImmutableArray<Located>?> Authorities = new("authorities", new Names("A list of authorities"), "Who may set stages, the highest first.") { Required = true };
    private static readonly Key<ImmutableArray<Located>?> Path = new("path", new Names("A list of stages"), "The success path in order; other stages are detours.") { Required = true };

    private static readonly Key<ImmutableArray<Located>?> Authority = new("authority", new Names("A list of authorities"), "Who may set the stage.") { Required = true };
    private static readonly Key<ImmutableArray<Located>?> Next = new("next", new Names("A list of stages"), "Stages that may follow.");
    private static readonly Key<ImmutableArray<Located>?> Cycle = new("cycle", new Names("A list of stages"), "Stages that open the next cycle.");
    private static readonly Key<ImmutableArray<Located>?> Requires = new("needs", new Names("reason, revisit or both", ["reason", "revisit"]), "What has to be said with it.");
    private static readonly Key<bool?> Unsuppressed = new("unsuppressed", new Flag(), "true: not for those who must not be marketed to.") { Default = "false" };
    private static readonly Key<bool?> Role = new("role", new Flag(), "true: counts for the account only with a role in an opportunity.") { Default = "false" };
    private static readonly Key<bool?> Engaged = new("engaged", new Flag(), "true: a new cycle needs engagement since.") { Default = "false" };
    private static readonly Key<bool?> Expired = new("expired", new Flag(), "true: a new cycle needs the reason to have expired.") { Default = "false" };
    private static readonly Key<bool?> WinBack = new("winBack", new Flag(), "true: a cycle after it wins somebody back.") { Default = "false" };
    private static readonly Key<bool?> Touch = new("touch", new Flag(), "true: speaking to the person keeps its promise.") { Default = "false" };
    private static readonly Key<int?> CooldownDays = new("cooldownDays", new WholeNumber(0, 3_650), "Days before a new cycle.") { Default = "0" };
    private static readonly Key<int?> WithinDays = new("withinDays", new WholeNumber(1, 365), "Working days until somebody is told that a person still is there.");
    private static readonly Key<TimeSpan?> Within = new("within", new Duration(TimeSpan.FromMinutes(1), TimeSpan.FromDays(30)), "Working time until then.");

    private static readonly Key<int?> Attempts = new("attempts", new WholeNumber(1, 100), "How often somebody has to try to reach the person, in attemptDays.");
    private static readonly Key<int?> AttemptDays = new("attemptDays", new WholeNumber(1, 365), "Working days for the attempts.");

    private static readonly Key<ImmutableArray<Named<Section>>?> Stages = new(
        "stages",
        new TableOf<Section>("A block of stages", new SectionOf("A stage", [Authority, Next, Cycle, Requires, Unsuppressed, Role, Engaged, Expired, WinBack, Touch, CooldownDays, WithinDays, Within, Attempts, AttemptDays]), Forms.System),
        "Every stage, who may set it and what may follow.") { Required = true };

    public static readonly SectionOf Shape = new("A block of start, authorities, path and stages", [Version, Start, Authorities, Path, Stages]);

    /// <summary>Null when something is wrong, which is reported where it stands.</summary>
    public static LifecycleMachine? Read(Section section)
    {
        var before = section.Problems.Count;
        var (version, start, written) = (section.Get(Version) ?? 1, section.Get(Start), (section.Get(Stages) ?? []).Where(entry => entry.Value is not null).ToArray());
        var (authorities, path) = (Texts(section.Get(Authorities)), section.Get(Path) ?? []);
        foreach (var lost in path.Where(name => written.All(entry => entry.Name != name.Text)))
            section.Problems.Add(lost.Place, section.PathOf(Path), $"The path names '{lost.Text}', which is no stage.", Suggestion.OneOf(lost.Text, written.Select(entry => entry.Name)));
        Stage[] stages = [.. written.Select(entry => Read(entry, Texts(path)))];
        if (section.Problems.Count > before)
            return null;
        foreach (var problem in LifecycleMachine.Problems(start!, authorities, stages))
            section.Problems.Add(PlaceOf(section, written, problem), PathOf(section, problem), problem.Message, problem.Cure);
        return section.Problems.Count > before ? null : new(version, start!, authorities, stages);
    }

    private static Stage Read(Named<Section> entry, ImmutableArray<string> path)
    {
        var stage = entry.Value!;
        var (days, working) = (stage.Get(WithinDays), stage.Get(Within));
        if (stage.Get(Attempts) is null != stage.Get(AttemptDays) is null)
            stage.Problem(Attempts, $"Stage '{entry.Name}' has one of attempts and attemptDays.", "Write both, such as attempts: 6 and attemptDays: 10.");
        return new(entry.Name, path.IndexOf(entry.Name) is >= 0 and var order ? order : null, Texts(stage.Get(Authority)), Texts(stage.Get(Next)), Texts(stage.Get(Cycle)))
        {
            Needs = Texts(stage.Get(Requires)).Aggregate(Needs.None, (all, need) => all | Enum.Parse<Needs>(need, ignoreCase: true)),
            Unsuppressed = stage.Get(Unsuppressed) ?? false,
            NeedsRole = stage.Get(Role) ?? false,
            NeedsEngagement = stage.Get(Engaged) ?? false,
            NeedsExpiry = stage.Get(Expired) ?? false,
            IsWinBack = stage.Get(WinBack) ?? false,
            MetByTouch = stage.Get(Touch) ?? false,
            Attempts = stage.Get(Attempts) is { } count && stage.Get(AttemptDays) is { } inDays ? new(count, inDays) : null,
            Cooldown = TimeSpan.FromDays(stage.Get(CooldownDays) ?? 0),
            Within = days is null && working is null ? null : new ServiceTerm(0, days ?? 0, working ?? TimeSpan.Zero),
        };
    }

    private static ImmutableArray<string> Texts(ImmutableArray<Located>? names) => [.. (names ?? []).Select(name => name.Text)];

    private static Place PlaceOf(Section section, Named<Section>[] stages, MachineProblem problem) =>
        stages.FirstOrDefault(entry => entry.Name == problem.Stage)?.NamePlace ?? section.PlaceOf(Start);

    private static string PathOf(Section section, MachineProblem problem) =>
        problem.Stage is { } stage ? Paths.Of(section.PathOf(Stages), stage) : section.PathOf(Start);
}
