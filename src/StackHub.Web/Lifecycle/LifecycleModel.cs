using System.Globalization;
using StackHub.Records;
using StackHub.Web.Records;
using StackHub.Web.Shell;

namespace StackHub.Web.Lifecycle;

/// <summary>What the board shows.</summary>
/// <param name="Report">Null without a lifecycle in the configuration.</param>
public sealed record LifecycleModel(LifecycleReportView? Report, IReadOnlyList<FindingView> Findings, IReadOnlyList<OverrideView> Overrides)
{
    public static readonly LifecycleModel None = new(null, [], []);

    public FunnelModel? Funnel { get; private init; }

    /// <summary>What the people are called whom the board names.</summary>
    public IReadOnlyDictionary<RecordId, RecordName> Names { get; init; } = new Dictionary<RecordId, RecordName>();

    /// <summary>What whoever proposed something is called.</summary>
    public IReadOnlyDictionary<string, string> People { get; init; } = new Dictionary<string, string>();

    public string NameOf(RecordId person) => Names.GetValueOrDefault(person)?.Title ?? person.ToString();

    public string NameOf(string caller) => People.GetValueOrDefault(caller, caller);

    public static LifecycleModel Of(LifecycleReportView report, IReadOnlyList<FindingView> findings, IReadOnlyList<OverrideView> overrides) => new(report, findings, overrides) { Funnel = FunnelModel.Of(report) };

    public static string Percent(double? share) => share is { } known ? string.Create(CultureInfo.InvariantCulture, $"{known:0.0} %") : "n/a";

    /// <summary>A cohort that still has time has no share.</summary>
    public static string Converted(StepView step) => step.Entered == 0 ? "n/a" : step.Immature ? "immature" : Percent(step.Percent);

    public static string Hours(double? hours) => hours switch
    {
        null => "",
        < 48 => string.Create(CultureInfo.InvariantCulture, $"{hours:0.#} h"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{hours / 24:0.#} d"),
    };

    /// <summary>A working day has eight hours, so days would say something else than they mean.</summary>
    public static string WorkingHours(double? hours) => hours is { } known ? string.Create(CultureInfo.InvariantCulture, $"{known:0.#} h") : "";

    /// <summary>What a clock counts, as people say it: "the next step from MQL", "SAL, 3 of 6 attempts".</summary>
    public static string Promise(string stage, string what) =>
        what == stage ? $"the next step from {Shell.Names.Stage(stage)}"
        : what.StartsWith($"{stage},", StringComparison.Ordinal) ? Shell.Names.Stage(stage) + what[stage.Length..]
        : what;

    public static string AccountSource(string source) => source switch
    {
        "Said" => "A tool names their account",
        "Found" => "Found by domain or name",
        "Unsure" => "Several accounts fit, or none surely",
        _ => "No account is known",
    };

    public override string ToString() => $"board of {Report?.People ?? 0} people";
}

/// <param name="Width">Of the bar, from 0 to 100.</param>
public sealed record FunnelBar(string Stage, int Entries, double Width);

/// <summary>The success path as bars: how many ever entered each stage.</summary>
public sealed record FunnelModel(IReadOnlyList<FunnelBar> Bars)
{
    public static FunnelModel Of(LifecycleReportView report)
    {
        var path = report.Stages.Where(stage => !stage.Detour).ToArray();
        var most = Math.Max(1, path.Max(stage => stage.Entries));
        return new([.. path.Select(stage => new FunnelBar(Names.Stage(stage.Stage), stage.Entries, Math.Round(100.0 * stage.Entries / most, 1)))]);
    }
}
