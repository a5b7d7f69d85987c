using StackHub.Audit.Inventory;

namespace StackHub.Audit.Checks;

/// <summary>Webhooks that come from somewhere no list names. They are told, never blocked.</summary>
public sealed class ShadowTraffic : IAuditCheck
{
    public string Name => "shadow-traffic";

    public string Question => "From where do webhooks come that no list names?";

    public IEnumerable<Finding> Find(AuditView view) => view.Stack.UnknownOrigins
        .Where(origin => !view.Stack.Tools.Any(tool => tool.IsKnown && tool.Domains.Any(domain => IsWithin(origin.Origin, domain))))
        .Select(Finding);

    private Finding Finding(UnknownOrigin origin) => new(Name, origin.Origin, Severity.High, $"Webhooks come from {origin.Origin}, which no list names.")
    {
        Evidence =
        [
            Proof.Text("origin", origin.Origin),
            Proof.Day("first seen", origin.FirstSeen),
            Proof.Day("last seen", origin.LastSeen),
            Proof.Count("calls", origin.Calls),
            Proof.List("fields received", origin.Fields),
        ],
    };

    private static bool IsWithin(string host, string domain) => host == domain || host.EndsWith($".{domain}", StringComparison.Ordinal);
}
