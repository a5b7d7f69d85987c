using System.Collections.Immutable;
using NodaTime.Text;
using StackHub.Calendars;
using StackHub.Calendars.Reading;
using StackHub.Configuration;
using StackHub.Configuration.Format;
using StackHub.Configuration.Reading;
using StackHub.Configuration.Yaml;
using StackHub.Connecting;
using StackHub.Flows;
using StackHub.Lifecycle.Accounts;
using StackHub.Lifecycle.Journeys;
using StackHub.Lifecycle.Machine;
using StackHub.Mapping;
using StackHub.Records;
using StackHub.Rules;
using StackHub.Rules.Reading;

namespace StackHub.Lifecycle.Reading;

/// <summary>Reads "lifecycle", and gives the catalog the fields that it writes.</summary>
/// <param name="systems">Every system of the file and what its connector says of itself; null where there is none.</param>
internal sealed class LifecycleReader(IReadOnlyDictionary<string, ConnectorInfo?> systems, FieldCatalog catalog, ProblemList problems)
{
    private static readonly FieldPolicy Hub = new(PolicyKind.SystemOfRecord, [HubAuthor.System], BlankNeverWins: false);

    /// <summary>What tools call stages by default, where the machine has them.</summary>
    private static readonly ImmutableArray<KeyValuePair<string, string>> UsualWords =
    [
        KeyValuePair.Create("lead", "inquiry"), KeyValuePair.Create("marketingqualifiedlead", "mql"), KeyValuePair.Create("salesqualifiedlead", "sql"), KeyValuePair.Create("other", "non-prospect"),
    ];

    /// <summary>Null when something is wrong, which is reported.</summary>
    public LifecyclePlan? Read(Section section)
    {
        var before = problems.Count;
        Declare();
        var machine = section.Get(LifecycleFormat.Machine) is { } own ? MachineFormat.Read(own) : LifecycleMachine.Default;
        var fields = catalog.RuleFields();
        var known = machine ?? LifecycleMachine.Default; // the rest is read for its own problems
        var hours = section.Get(LifecycleFormat.Hours) is { } written ? HoursFormat.Read(written) : BusinessCalendar.Always;
        StageSpeaker[] speakers = [.. (section.Get(LifecycleFormat.Systems) ?? []).Select(entry => Speaker(entry, known)).OfType<StageSpeaker>()];
        var facts = Facts(section, known, machine is not null);
        var plan = new LifecyclePlan(section.Fingerprint(), known, speakers)
        {
            Fields = fields,
            Facts = facts,
            Score = Score(section.Get(LifecycleFormat.Score), fields),
            FastLanes = [.. (section.Get(LifecycleFormat.FastLanes) ?? []).Where(lane => lane.Value is not null).Select(Lane)],
            Suppressed = section.Get(LifecycleFormat.Suppressed) is { } condition ? new ConditionReader(fields, problems).Read(condition) : null,
            Engagement = PersonField(section, LifecycleFormat.Engagement),
            Touch = PersonField(section, LifecycleFormat.Touch),
            Converted = PersonField(section, LifecycleFormat.Converted) ?? StageFields.Converted,
            Interest = PersonField(section, LifecycleFormat.Interest),
            Owned = AnyField(section, LifecycleFormat.Owned),
            Hours = hours ?? BusinessCalendar.Always,
            RemindBefore = section.Get(LifecycleFormat.RemindBefore) ?? TimeSpan.Zero,
            Ageing = (section.Get(LifecycleFormat.Ageing) ?? []).Where(entry => entry.Value is not null).ToImmutableDictionary(entry => entry.Name, entry => entry.Value!.Value, StringComparer.OrdinalIgnoreCase),
            Qualification = Qualification(section.Get(LifecycleFormat.Account), known),
        };
        WarnOfSilence(section, plan);
        return problems.Count > before ? null : plan;
    }

    /// <summary>The hub's own word decides these; what systems say of them stays with them as a proposal.</summary>
    private void Declare()
    {
        foreach (var (kind, name, type) in ((RecordKind, string, FieldType)[])
            [
                (RecordKind.Person, StageFields.Current, FieldType.Choice), (RecordKind.Person, StageFields.HighWater, FieldType.Choice), (RecordKind.Person, StageFields.DueAt, FieldType.Instant), (RecordKind.Person, StageFields.Breach, FieldType.Text),
                (RecordKind.Account, StageFields.Current, FieldType.Choice), (RecordKind.Account, StageFields.Qualified, FieldType.Boolean),
            ])
            catalog.Set(kind, new(new(name, type) { Policy = Hub }, null));
        foreach (var (kind, name) in ((RecordKind, string)[])[(RecordKind.Person, StageFields.Converted), (RecordKind.Opportunity, StageFields.IsClosed), (RecordKind.Opportunity, StageFields.IsWon)])
            if (catalog.Find(kind, name) is null)
                catalog.Set(kind, new(new(name, FieldType.Boolean) { Policy = FieldsReader.OwnFieldPolicy }, null));
    }

    private StageSpeaker? Speaker(Named<Section> entry, LifecycleMachine machine)
    {
        if (!systems.ContainsKey(entry.Name))
            problems.Add(entry.NamePlace, entry.Path, $"There is no system {Shown.Of(entry.Name)}.", Suggestion.OneOf(entry.Name, systems.Keys));
        if (entry.Value is not { } section || section.Get(LifecycleFormat.Authority) is not { } authority)
            return null;
        if (!machine.Authorities.Contains(authority))
            section.Problem(LifecycleFormat.Authority, $"There is no authority {Shown.Of(authority)}.", Suggestion.OneOf(authority, machine.Authorities));
        var field = AnyField(section, LifecycleFormat.Field) ?? StageFields.Current;
        return new(new(entry.Name), authority, field, Words(section, machine))
        {
            Deals = section.Get(LifecycleFormat.Deals) ?? authority == "crm",
            Reason = PersonField(section, LifecycleFormat.Reason),
            Revisit = PersonField(section, LifecycleFormat.Revisit),
            Expires = PersonField(section, LifecycleFormat.Expires),
            Projection = section.Get(LifecycleFormat.Project) ?? Usual(entry.Name, field),
        };
    }

    /// <summary>HubSpot's own model is a high-water mark; where a system says something else than a stage, nobody writes over it unasked.</summary>
    private StageProjection Usual(string system, string field) =>
        field != StageFields.Current ? StageProjection.None : systems.GetValueOrDefault(system)?.Vendor == "hubspot" ? StageProjection.HighWater : StageProjection.Current;

    private ImmutableArray<KeyValuePair<string, string>> Words(Section section, LifecycleMachine machine)
    {
        var written = (section.Get(LifecycleFormat.Stages) ?? []).Where(word => word.Value is not null).ToArray();
        foreach (var word in written.Where(word => machine.Find(word.Value!) is null))
            problems.Add(word.ValuePlace, word.Path, $"There is no stage {Shown.Of(word.Value!)}.", Suggestion.OneOf(word.Value!, machine.Stages.Select(stage => stage.Name)));
        foreach (var twice in written.GroupBy(word => word.Name, StringComparer.OrdinalIgnoreCase).Where(group => group.Count() > 1))
            problems.Add(twice.Last().NamePlace, twice.Last().Path, $"{Shown.Of(twice.Key)} is there twice, but for its capitals.", "Keep one of the two.");
        return
        [
            .. written.DistinctBy(word => word.Name, StringComparer.OrdinalIgnoreCase).Select(word => KeyValuePair.Create(word.Name, word.Value!)),
            .. UsualWords.Where(word => machine.Find(word.Value) is not null && machine.Find(word.Key) is null && !written.Any(own => own.Name.Equals(word.Key, StringComparison.OrdinalIgnoreCase))),
        ];
    }

    private ScoreRules Score(Section? section, RuleFields fields)
    {
        if (section is null)
            return ScoreRules.None;
        var field = PersonField(section, LifecycleFormat.ScoreField) ?? ScoreRules.None.Field;
        var written = section.Get(LifecycleFormat.ScoreRules) ?? [];
        var rules = written.Select(rule => (Section: rule, Rule: Rule(rule, fields))).Where(rule => rule.Rule is not null).ToArray();
        foreach (var twice in rules.GroupBy(rule => rule.Rule!.Version).Where(group => group.Count() > 1))
            twice.Last().Section.Problem(LifecycleFormat.Version, $"Version {twice.Key} is there twice.", "Give the later one a version of its own, or nobody can tell who was qualified by which.");
        foreach (var (first, next) in rules.OrderBy(rule => rule.Rule!.Version).Zip(rules.OrderBy(rule => rule.Rule!.Version).Skip(1)).Where(pair => pair.Second.Rule!.From < pair.First.Rule!.From))
            next.Section.Problem(LifecycleFormat.From, $"Version {next.Rule!.Version} begins before version {first.Rule!.Version}.", "Let a later version begin later.");
        return new(field, rules.Select(rule => rule.Rule!), fields);
    }

    private ScoreRule? Rule(Section section, RuleFields fields)
    {
        var (version, from, threshold) = (section.Get(LifecycleFormat.Version), section.Get(LifecycleFormat.From), section.Get(LifecycleFormat.Threshold));
        var when = section.Get(LifecycleFormat.When) is { } written ? new ConditionReader(fields, problems).Read(written) : Condition.Always;
        var day = from is null ? null : LocalDatePattern.Iso.Parse(from);
        if (day is { Success: false })
            section.Problem(LifecycleFormat.From, $"{Shown.Of(from!)} is no day.", "Write it as 2026-05-20.");
        return version is null || threshold is null || when is null || day is not { Success: true } ? null
            : new(version.Value, day.Value.AtMidnight().InUtc().ToDateTimeOffset(), threshold.Value) { When = when };
    }

    private FastLane Lane(Named<Section> entry)
    {
        var section = entry.Value!;
        return new(entry.Name, PersonField(section, LifecycleFormat.LaneField) ?? "", [.. (section.Get(LifecycleFormat.LaneValues) ?? []).Select(value => value.Text)],
            section.Get(LifecycleFormat.LaneWithin) is { } within ? new ServiceTerm(0, 0, within) : null);
    }

    private static FactStages Facts(Section section, LifecycleMachine machine, bool isSound)
    {
        var facts = section.Get(LifecycleFormat.Facts);
        var usual = FactStages.Default;
        string[] defaults = [usual.Qualified, usual.Converted, usual.Open, usual.Won, usual.Lost, usual.Erased];
        var stages = LifecycleFormat.FactStages.Zip(defaults, (key, stage) => (Key: key, Stage: facts?.Get(key) ?? stage)).ToArray();
        foreach (var (key, stage) in stages.Where(fact => isSound && machine.Find(fact.Stage) is null))
            (facts ?? section).Problem(facts is null ? LifecycleFormat.Machine : key, $"A fact leads to stage {Shown.Of(stage)}, which the machine does not have.", $"Say under facts which stage it is: {key.Name}: and one of {string.Join(", ", machine.Stages.Select(known => known.Name))}.");
        return new(stages[0].Stage, stages[1].Stage, stages[2].Stage, stages[3].Stage, stages[4].Stage, stages[5].Stage);
    }

    private static AccountQualification Qualification(Section? section, LifecycleMachine machine)
    {
        var usual = AccountQualification.Default;
        if (section is null)
            return machine.Find(usual.PeopleFrom) is { Order: not null } && machine.Find(usual.OneFrom) is { Order: not null } ? usual : usual with { PeopleFrom = machine.Path[0].Name, OneFrom = machine.Path[^1].Name };
        return new(section.Get(LifecycleFormat.People) ?? usual.People, PathStage(section, LifecycleFormat.PeopleFrom, machine) ?? usual.PeopleFrom,
            PathStage(section, LifecycleFormat.OneFrom, machine) ?? usual.OneFrom, section.Get(LifecycleFormat.Days) is { } days ? TimeSpan.FromDays(days) : usual.Window);
    }

    private static string? PathStage(Section section, Key<string> key, LifecycleMachine machine)
    {
        var stage = section.Get(key);
        if (stage is not null && machine.Find(stage)?.Order is null)
            section.Problem(key, $"{Shown.Of(stage)} is no stage of the success path.", Suggestion.OneOf(stage, machine.Path.Select(known => known.Name)));
        return stage;
    }

    private string? PersonField(Section section, Key<string> key) => section.Get(key) is { } name ? Known(section, key, RecordKind.Person, name, name) : null;

    private string? AnyField(Section section, Key<string> key) => section.Get(key) is not { } name ? null
        : name.StartsWith("account.", StringComparison.Ordinal) ? Known(section, key, RecordKind.Account, name["account.".Length..], name)
        : Known(section, key, RecordKind.Person, name, name);

    private string? Known(Section section, Key<string> key, RecordKind kind, string field, string shown)
    {
        if (catalog.Find(kind, field) is null)
            section.Problem(key, $"There is no canonical field {Shown.Of(shown)}.", Suggestion.For(field, catalog.Names(kind), $"Define it under fields.{kind.ToString().ToLowerInvariant()}, for example {Shown.Bare(field)}: {{ type: text }}."));
        return shown;
    }

    /// <summary>A stage that nobody here can set is no mistake of the default machine, and is probably not meant.</summary>
    private void WarnOfSilence(Section section, LifecyclePlan plan)
    {
        var heard = plan.Speakers.Values.Select(speaker => speaker.Authority).Append("hub").Append("privacy").ToHashSet(StringComparer.Ordinal);
        foreach (var stage in plan.Machine.Stages.Where(stage => !stage.Authorities.Any(heard.Contains)))
            problems.Warn(section.PlaceOf(LifecycleFormat.Systems), section.PathOf(LifecycleFormat.Systems), $"No system speaks as {string.Join(" or ", stage.Authorities)}, so nobody ever comes to stage '{stage.Name}'.", "Name a system with that authority, if you have one.");
        if (plan.Engagement is null && plan.Machine.Stages.Any(stage => stage.NeedsEngagement))
            problems.Warn(section.PlaceOf(LifecycleFormat.Systems), section.PathOf(LifecycleFormat.Engagement), "No field tells of engagement, so a marketing tool's word alone never qualifies anybody again.", "Set engagement: to the field with the time of the last engagement.");
    }
}
