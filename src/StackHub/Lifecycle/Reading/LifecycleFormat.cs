using System.Collections.Immutable;
using System.Text.RegularExpressions;
using StackHub.Calendars.Reading;
using StackHub.Configuration.Format;
using StackHub.Rules.Reading;

namespace StackHub.Lifecycle.Reading;

/// <summary>The keys under "lifecycle".</summary>
internal static partial class LifecycleFormat
{
    public static readonly Key<string> Authority = new("authority", new TextValue("An authority"), "In which capacity it speaks: crm, map, billing, cs or another of the machine's.") { Required = true };
    public static readonly Key<string> Field = new("field", new TextValue("A field, such as leadStatus or account.subscription,", FieldName()), "Where it says the stage.") { Default = StageFields.Current };
    public static readonly Key<ImmutableArray<Named<string>>?> Stages = new("stages", new TableOf<string>("A block of words and stages", new TextValue("A stage")), "Its words and the stages they mean; of several for one stage the first is written.");
    public static readonly Key<bool?> Deals = new("opportunities", new Flag(), "Whether its opportunities, open, won and lost, move people.") { Default = "true for crm" };
    public static readonly Key<StageProjection?> Project = new("project", new Word<StageProjection>(NameOf), "Which stage it is given: current, high-water or none.") { Default = "current" };
    public static readonly Key<string> Reason = new("reason", FieldOfPerson(), "The field with the reason of a detour.");
    public static readonly Key<string> Revisit = new("revisit", FieldOfPerson(), "The field with the day to come back on.");
    public static readonly Key<string> Expires = new("expires", FieldOfPerson(), "The field with the day on which the reason ends.");

    public static readonly Key<int?> Version = new("version", new WholeNumber(1, 1_000_000), "Kept with everybody it qualifies.") { Required = true };
    public static readonly Key<string> From = new("from", new TextValue("A day, such as 2026-05-20,"), "From when it holds; what was before is judged by the version before.") { Required = true };
    public static readonly Key<int?> Threshold = new("threshold", new WholeNumber(1, 1_000_000), "The score that qualifies.") { Required = true };
    public static readonly Key<Unread> When = new("when", ConditionReader.Shape, "Whom it qualifies, besides the score; without it everybody.");
    public static readonly Key<string> ScoreField = new("field", FieldOfPerson(), "The field with the score.") { Default = "leadScore" };
    public static readonly Key<ImmutableArray<Section>?> ScoreRules = new("rules", new ListOf<Section>("A list of versions", new SectionOf("A version of the rule", [Version, From, Threshold, When])), "The rule, version by version.") { Required = true };

    public static readonly Key<string> LaneField = new("field", FieldOfPerson(), "The field that tells of it, such as the last form.") { Required = true };
    public static readonly Key<ImmutableArray<Located>?> LaneValues = new("values", new Names("A list of values"), "Which of its values; without them every change.");
    public static readonly Key<TimeSpan?> LaneWithin = new("within", new Duration(TimeSpan.FromMinutes(1), TimeSpan.FromDays(30)), "Working time in which somebody has to take it.");

    public static readonly Key<int?> People = new("people", new WholeNumber(1, 1_000), "So many people,") { Default = "2" };
    public static readonly Key<string> PeopleFrom = new("at", new TextValue("A stage"), "at this stage or farther,") { Default = "inquiry" };
    public static readonly Key<string> OneFrom = new("one", new TextValue("A stage"), "one of them at this one,") { Default = "mql" };
    public static readonly Key<int?> Days = new("days", new WholeNumber(1, 3_650), "within so many days.") { Default = "30" };

    public static readonly ImmutableArray<Key<string>> FactStages =
    [
        Fact("qualified", "A score, or a fast lane."), Fact("converted", "A lead that a CRM converted without an opportunity."), Fact("open", "An open opportunity."),
        Fact("won", "One that was won."), Fact("lost", "The last one lost."), Fact("erased", "A person who was erased."),
    ];

    public static readonly Key<Section> Hours = new("hours", HoursFormat.Shape, "Working time, in which promises run; without it always.");
    public static readonly Key<TimeSpan?> RemindBefore = new("remindBefore", new Duration(TimeSpan.FromMinutes(1), TimeSpan.FromDays(1)), "Working time before it is too late that somebody is reminded.");
    public static readonly Key<ImmutableArray<Named<Section>>?> Systems = new("systems", new TableOf<Section>("A block of systems", new SectionOf("How a system speaks of stages", [Authority, Field, Stages, Deals, Project, Reason, Revisit, Expires])), "Which systems speak of stages, and in which capacity.") { Required = true };
    public static readonly Key<Section> Score = new("score", new SectionOf("A block of field and rules", [ScoreField, ScoreRules]), "When a score qualifies.");
    public static readonly Key<ImmutableArray<Named<Section>>?> FastLanes = new("fastLanes", new TableOf<Section>("A block of lanes", new SectionOf("A lane", [LaneField, LaneValues, LaneWithin]), Forms.System), "What qualifies at once, such as a demonstration somebody asks for.");
    public static readonly Key<Unread> Suppressed = new("suppressed", ConditionReader.Shape, "Who must not be marketed to.");
    public static readonly Key<string> Engagement = new("engagement", FieldOfPerson(), "The field with the time of the last engagement.");
    public static readonly Key<string> Touch = new("touch", FieldOfPerson(), "The field with the time at which somebody last spoke to the person.");
    public static readonly Key<string> Converted = new("converted", FieldOfPerson(), "The field that says that a CRM converted the lead.") { Default = StageFields.Converted };
    public static readonly Key<string> Interest = new("interest", FieldOfPerson(), "The field with the product a person asks about.");
    public static readonly Key<string> Owned = new("owned", new TextValue("A field, such as account.products,", FieldName()), "The field with the products they have.");
    public static readonly Key<Section> Account = new("account", new SectionOf("A block of people, at, one and days", [People, PeopleFrom, OneFrom, Days]), "When an account is worth sales' time.");
    public static readonly Key<ImmutableArray<Named<int?>>?> Ageing = new("opportunityAgeing", new TableOf<int?>("A block of opportunity stages and working days", new WholeNumber(1, 3_650)), "How many working days an opportunity may stay in a stage, by what the CRM calls it; '*' for every other one.");
    public static readonly Key<Section> Facts = new("facts", new SectionOf("A block of facts and stages", [.. FactStages]), "The stages that facts lead to, for a machine of your own.");
    public static readonly Key<Section> Machine = new("machine", MachineFormat.Shape, "A machine of your own; without it the default one.");

    public static readonly SectionOf Shape = new("A block of systems, score and the like", [Systems, Hours, RemindBefore, Score, FastLanes, Suppressed, Engagement, Touch, Converted, Interest, Owned, Account, Ageing, Facts, Machine]);

    private static Key<string> Fact(string name, string doc) => new(name, new TextValue("A stage"), doc);

    private static TextValue FieldOfPerson() => new("A field of people, such as leadScore,", Forms.Field.Form);

    private static string NameOf(StageProjection projection) => projection switch { StageProjection.HighWater => "high-water", var other => other.ToString().ToLowerInvariant() };

    [GeneratedRegex("^(account[.])?[a-z][A-Za-z0-9]{0,63}$", RegexOptions.CultureInvariant)]
    private static partial Regex FieldName();
}
