namespace StackHub.Audit.Checks;

/// <summary>U2: connected, and nothing moved for a month that was watched.</summary>
public sealed class NothingMoved : IAuditCheck
{
    public string Name => "unused-nothing-moved";

    public string Question => "Which connected tools move no records?";

    public IEnumerable<Finding> Find(AuditView view)
    {
        var since = view.Stack.Today.PlusDays(-view.Settings.IdleDays);
        if (view.Stack.TrafficSince is not { } counted || counted > since)
            return [];
        return from tool in view.Stack.Tools
               where tool.IsConnected && view.Stack.TrafficOf(tool.Id).Where(day => day.Day > since).Sum(day => day.Moved) == 0
               let last = view.Stack.TrafficOf(tool.Id).Where(day => day.Moved > 0).Max(day => (NodaTime.LocalDate?)day.Day)
               select this.Of(tool, Severity.Medium, $"{tool.Name} is connected, and no record moved for {view.Settings.IdleDays} days.", Proof.Day("last record", last), Proof.Count("records", 0));
    }
}
