using StackHub.Audit;
using StackHub.Audit.Inventory;
using StackHub.Audit.Measuring;

namespace StackHub.Web.Audit;

/// <summary>All that is known of one tool.</summary>
public sealed record ToolModel(AuditModel Audit, Tool Tool, ToolUse Use, ToolHealth? Health, RenewalRow? Renewal)
{
    private static readonly (ToolSources Source, string Words)[] SourceWords =
    [
        (ToolSources.List, "the list of tools"), (ToolSources.Finance, "invoices"), (ToolSources.SignOn, "sign-on"), (ToolSources.Contract, "contracts"),
        (ToolSources.Hub, "the hub's configuration"), (ToolSources.Traffic, "webhooks"), (ToolSources.Vendor, "the vendor"),
    ];

    public AuditReport Report => Audit.Report;

    public IReadOnlyList<Finding> Findings { get; } = [.. Audit.Report.Findings.Where(finding => finding.Tools.Contains(Tool.Id) && finding.Status != FindingStatus.Fixed)];

    public IReadOnlyList<PairOverlap> Pairs { get; } = [.. Audit.Report.Pairs.Where(pair => pair.First == Tool.Id || pair.Second == Tool.Id)];

    public ErasureReadiness? Erasure { get; } = Audit.Report.Erasure.FirstOrDefault(erasure => erasure.Tool == Tool.Id);

    public ExposureModel Exposure { get; } = ExposureModel.Of([.. Audit.Report.Flows.Where(flow => flow.Tool == Tool.Id)]);

    public IReadOnlyList<ToolAsset> Assets { get; } = [.. Audit.Report.Stack.AssetsOf(Tool.Id)];

    /// <summary>Records that moved between it and the hub in the last 30 days; null when nothing is counted.</summary>
    public long? Moved => IsCounted ? Lately.Sum(day => day.Moved) : null;

    /// <summary>Values of fields in those 30 days.</summary>
    public long? Values => IsCounted ? Lately.Sum(day => day.Values) : null;

    /// <summary>Day by day, the newest first.</summary>
    public IReadOnlyList<TrafficDay> Days => [.. Lately.Where(day => day.Moved + day.Refused > 0).OrderByDescending(day => day.Day)];

    private bool IsCounted => Report.Stack.TrafficSince is not null && Tool.IsConnected;

    private IEnumerable<TrafficDay> Lately => Report.Stack.TrafficOf(Tool.Id).Where(day => day.Day > Report.Stack.Today.PlusDays(-30));

    /// <summary>Which lists know it.</summary>
    public string KnownFrom => string.Join(", ", SourceWords.Where(source => Tool.Sources.HasFlag(source.Source)).Select(source => source.Words));

    public bool OwnerLeft => Tool.Owner is { } owner && Report.Stack.HasLeft(owner);

    public static ToolModel? Of(AuditModel audit, AuditSettings settings, string id) => audit.Report.Stack.Find(new(id)) is not { } tool ? null : new(
        audit,
        tool,
        ToolUse.Of(tool, audit.Report.Stack, settings),
        audit.Report.Health.FirstOrDefault(health => health.Tool == tool.Id),
        audit.Renewals.FirstOrDefault(row => row.Tool.Id == tool.Id));

    public override string ToString() => Tool.ToString();
}
