using StackHub.Audit.Inventory;

namespace StackHub.Audit.Checks;

/// <summary>A connected tool that refuses much of what it is sent, or that the hub is far behind.</summary>
public sealed class IntegrationTrouble : IAuditCheck
{
    /// <summary>A share of fewer refusals says nothing.</summary>
    private const int FewestRefused = 10;

    public string Name => "integration-trouble";

    public string Question => "Which integrations fail or fall behind?";

    public IEnumerable<Finding> Find(AuditView view) =>
        from tool in view.Stack.Tools
        let integration = tool.Integration
        where integration is not null
        let refused = view.Stack.TrafficOf(tool.Id).Sum(day => day.Refused)
        let fails = integration!.ErrorRate >= view.Settings.WorstErrorRate && refused >= FewestRefused
        let lags = integration!.Lag >= view.Settings.WorstLag
        where fails || lags
        select this.Of(tool, fails && lags ? Severity.High : Severity.Medium, Title(tool, fails, lags), Evidence(integration!, refused));

    private static string Title(Tool tool, bool fails, bool lags) => (fails, lags) switch
    {
        (true, true) => $"{tool.Name} refuses writes, and the hub is far behind it.",
        (true, false) => $"{tool.Name} refuses {AuditWords.Percent(tool.Integration!.ErrorRate!.Value)} of what it is sent.",
        _ => $"The hub is {AuditWords.Count((long)tool.Integration!.Lag!.Value.TotalHours, "hour")} behind {tool.Name}.",
    };

    private static Evidence[] Evidence(ToolIntegration integration, long refused) =>
    [
        Proof.Text("refused of all writes", integration.ErrorRate is { } rate ? AuditWords.Percent(rate) : "not known"),
        Proof.Count("refused", refused),
        Proof.Text("lag", integration.Lag is { } lag ? $"{lag.TotalHours:0.#} hours" : "not known"),
    ];
}
