using StackHub.Security;
using StackHub.Web.Audit;
using StackHub.Web.Conflicts;
using StackHub.Web.Connectors;
using StackHub.Web.DeadLetters;
using StackHub.Web.Lifecycle;
using StackHub.Web.Merges;
using StackHub.Web.Metrics;
using StackHub.Web.Overview;
using StackHub.Web.Plan;
using StackHub.Web.Privacy.Console;
using StackHub.Web.Records;
using StackHub.Web.Routing;
using StackHub.Web.Runs;
using StackHub.Web.Systems;

namespace StackHub.Web.Shell;

/// <summary>The console's parts, in the order of the navigation: a new page is its folder and a line here.</summary>
internal static class Navigation
{
    public static readonly IReadOnlyList<NavigationItem> Items =
    [
        new("Hub", "", "Overview", "M4 13h6V4H4zM14 20h6v-9h-6zM14 4v3h6V4zM4 17v3h6v-3z", OverviewConsole.Map),
        new("Hub", "systems", "Systems", "M4 5h16v5H4zM4 14h16v5H4zM8 7.500h.01M8 16.500h.01", SystemConsole.Map),
        new("Hub", "plan", "Sync plan", "M5 4h14v16H5zM8.500 9h7M8.500 12.500h7M8.500 16h4", PlanConsole.Map),
        new("Hub", "conflicts", "Conflicts", "M4 8h9l-3-3M20 16h-9l3 3", ConflictConsole.Map),
        new("Hub", "routing", "Routing", "M5 12h5M10 12l5-6h4M10 12l5 6h4M16 3l3 3-3 3M16 15l3 3-3 3", RoutingConsole.Map),
        new("Hub", "dead-letters", "Dead letters", "M4 6h16v12H4zM4 7l8 6 8-6", DeadLetterConsole.Map),
        new("Hub", "runs", "Runs", "M7 5l11 7-11 7z", RunConsole.Map),
        new("Records", "people", "People", "M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM4 20c1-4 4-5.500 8-5.500s7 1.500 8 5.500", RecordConsole.MapPeople),
        new("Records", "accounts", "Accounts", "M5 20V5h9v15M14 10h5v10M3 20h18M8 8.500h3M8 12h3M8 15.500h3", RecordConsole.MapAccounts),
        new("Records", "opportunities", "Opportunities", "M4 17l5-6 4 4 7-9M15 6h5v5", RecordConsole.MapOpportunities),
        new("Records", "lifecycle", "Lifecycle", "M4 5h16l-6 7v6l-4 2v-8z", LifecycleConsole.Map),
        new("Records", "merges", "Merges", "M6 4v4c0 4 6 4 6 8v4M18 4v4c0 4-6 4-6 8", MergeConsole.Map),
        new("Privacy", "privacy", "Privacy requests", "M12 3l7 3v5c0 5-3 8-7 10-4-2-7-5-7-10V6zM9 12l2 2 4-4", PrivacyConsole.Map) { For = [Role.PrivacyOfficer, Role.Approver] },
        new("Privacy", "consent", "Consent", "M5 4h14v12H9l-4 4zM9 9.500l2 2 4-4", ConsentConsole.Map) { For = [Role.PrivacyOfficer, Role.Approver] },
        new("Privacy", "holds", "Legal holds", "M7 11h10v9H7zM9 11V8a3 3 0 0 1 6 0v3", HoldConsole.Map) { For = [Role.PrivacyOfficer, Role.Approver] },
        new("Privacy", "capabilities", "Privacy capabilities", "M4 5h16v14H4zM4 10h16M10 10v9M4 14.500h16", CapabilityConsole.Map),
        new("Stack", "audit", "Stack audit", "M4 5h10M4 10h6M4 15h5M15 19a4.500 4.500 0 1 0 0-9 4.500 4.500 0 0 0 0 9zM18.500 17.500L21 20", AuditConsole.Map),
        new("About", "connectors", "Connectors", "M9 4v5M15 4v5M6 9h12v3a6 6 0 0 1-12 0zM12 18v3", ConnectorConsole.Map),
        new("About", "metrics", "Metrics", "M4 20V10M10 20V4M16 20v-7M21 20H3", MetricsConsole.Map),
    ];
}
