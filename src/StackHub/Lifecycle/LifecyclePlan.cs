using System.Collections.Frozen;
using System.Collections.Immutable;
using StackHub.Calendars;
using StackHub.Identity.Matching;
using StackHub.Lifecycle.Accounts;
using StackHub.Lifecycle.Journeys;
using StackHub.Lifecycle.Machine;
using StackHub.Records;
using StackHub.Rules;

namespace StackHub.Lifecycle;

/// <summary>Which of a person's two stages a system is given.</summary>
public enum StageProjection
{
    /// <summary>Where the person is now, which may go back.</summary>
    Current,

    /// <summary>The farthest the person ever was.</summary>
    HighWater,

    /// <summary>None: the system speaks and is not spoken to.</summary>
    None,
}

/// <summary>In which capacity a system speaks of stages, and in which words.</summary>
/// <param name="Field">The canonical field in which it does; "account.name" for one of the account.</param>
/// <param name="Words">Its words and the stages they mean, in order: of several for one stage the first is written. A word that is missing means itself, or nothing.</param>
public sealed record StageSpeaker(SystemId System, string Authority, string Field, ImmutableArray<KeyValuePair<string, string>> Words)
{
    private const string AccountPrefix = "account.";

    public ImmutableDictionary<string, string> Stages { get; } = Words.ToImmutableDictionary(StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether its opportunities count.</summary>
    public bool Deals { get; init; }

    public string? Reason { get; init; }

    public string? Revisit { get; init; }

    public string? Expires { get; init; }

    public StageProjection Projection { get; init; } = StageProjection.Current;

    public bool SpeaksOfAccounts => Field.StartsWith(AccountPrefix, StringComparison.Ordinal);

    /// <summary>The canonical field that it is given; null when it is given none.</summary>
    public string? ProjectedField => Projection switch
    {
        StageProjection.Current => StageFields.Current,
        StageProjection.HighWater => StageFields.HighWater,
        _ => null,
    };

    /// <summary>
    /// The cell in which it is heard: where the hub writes a stage of its own, only the cell of what it writes can tell an echo from a word of
    /// theirs.
    /// </summary>
    public string HeardIn(LinkedRecord link) => ProjectedField is { } projected && link.Cells.ContainsKey(projected) ? projected : Field;

    public string OwnField => SpeaksOfAccounts ? Field[AccountPrefix.Length..] : Field;

    public IEnumerable<string> PersonFields => ((string?[])[SpeaksOfAccounts ? null : Field, Reason, Revisit, Expires]).OfType<string>();
}

/// <summary>What makes a qualified lead at once, whatever the score.</summary>
/// <param name="Values">Of the field; empty for every change of it.</param>
/// <param name="Within">Working time in which somebody has to take it; null for the stage's own.</param>
public sealed record FastLane(string Name, string Field, ImmutableHashSet<string> Values, ServiceTerm? Within);

/// <summary>The stages that facts lead to.</summary>
/// <param name="Converted">Of a lead that a CRM converted without an opportunity.</param>
public sealed record FactStages(string Qualified, string Converted, string Open, string Won, string Lost, string Erased)
{
    public static readonly FactStages Default = new("mql", "sql", "opportunity", "customer", "lost", "erased");
}

/// <summary>Everything by which stages are decided, under one version.</summary>
public sealed class LifecyclePlan(string version, LifecycleMachine machine, IEnumerable<StageSpeaker> speakers)
{
    public string Version { get; } = version;

    public LifecycleMachine Machine { get; } = machine;

    public FrozenDictionary<SystemId, StageSpeaker> Speakers { get; } = speakers.ToFrozenDictionary(speaker => speaker.System);

    public FactStages Facts { get; init; } = FactStages.Default;

    /// <summary>What conditions may ask about.</summary>
    public RuleFields Fields { get; init; } = new([]);

    public ScoreRules Score { get; init; } = ScoreRules.None;

    public ImmutableArray<FastLane> FastLanes { get; init; } = [];

    /// <summary>Who must not be marketed to; null for nobody.</summary>
    public Condition? Suppressed { get; init; }

    /// <summary>The field with the time of the last engagement.</summary>
    public string? Engagement { get; init; }

    /// <summary>The field with the time at which somebody last spoke to the person.</summary>
    public string? Touch { get; init; }

    /// <summary>The field that says whether a CRM converted the lead.</summary>
    public string Converted { get; init; } = StageFields.Converted;

    /// <summary>The product a person asks about.</summary>
    public string? Interest { get; init; }

    /// <summary>The products they have; may be of the account.</summary>
    public string? Owned { get; init; }

    public BusinessCalendar Hours { get; init; } = BusinessCalendar.Always;

    /// <summary>So much working time before it is too late somebody is reminded; zero for never.</summary>
    public TimeSpan RemindBefore { get; init; }

    /// <summary>How many working days an opportunity may stay in a stage, by what the CRM calls it; "*" for every other one.</summary>
    public ImmutableDictionary<string, int> Ageing { get; init; } = ImmutableDictionary<string, int>.Empty;

    /// <summary>Null for as long as it likes.</summary>
    public int? AgeingOf(string dealStage) => Ageing.TryGetValue(dealStage, out var days) || Ageing.TryGetValue("*", out days) ? days : null;

    public AccountQualification Qualification { get; init; } = AccountQualification.Default;

    /// <summary>The stage that a system's word means; null when nobody has said.</summary>
    public string? StageOf(StageSpeaker speaker, string word) =>
        speaker.Stages.TryGetValue(word, out var stage) ? stage : Machine.Find(word)?.Name;

    /// <summary>The fields whose changes concern the lifecycle.</summary>
    public FrozenDictionary<RecordKind, FrozenSet<string>> Reads() => new Dictionary<RecordKind, FrozenSet<string>>
    {
        [RecordKind.Person] = Asked().Where(field => !field.StartsWith("account.", StringComparison.Ordinal)).Concat(PersonAccount.Reads).ToFrozenSet(StringComparer.Ordinal),
        [RecordKind.Account] = Asked().Where(field => field.StartsWith("account.", StringComparison.Ordinal)).Select(field => field["account.".Length..]).ToFrozenSet(StringComparer.Ordinal),
        [RecordKind.Opportunity] = FrozenSet.Create(StringComparer.Ordinal, [StageFields.IsClosed, StageFields.IsWon, "contacts", "account", .. Ageing.IsEmpty ? (string[])[] : [StageFields.DealStage]]),
    }.ToFrozenDictionary();

    private IEnumerable<string> Asked() =>
    [
        .. Speakers.Values.SelectMany(speaker => speaker.PersonFields.Append(speaker.Field)),
        Score.Field,
        .. Score.Asked,
        .. FastLanes.Select(lane => lane.Field),
        .. Suppressed is { } suppressed ? Conditions.Fields(suppressed) : [],
        .. ((string?[])[Engagement, Touch, Converted, Interest, Owned]).OfType<string>(),
    ];
}
