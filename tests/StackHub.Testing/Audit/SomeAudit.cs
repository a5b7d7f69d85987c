using NodaTime;
using StackHub.Audit;
using StackHub.Audit.Inventory;

namespace StackHub.Testing.Audit;

/// <summary>A small stack and a report on it, written by hand: something in every part, and names that want to be more than text.</summary>
public static class SomeAudit
{
    public static readonly DateTimeOffset At = new(2026, 12, 1, 6, 0, 0, TimeSpan.Zero);
    public static readonly LocalDate Today = new(2026, 12, 1);
    public static readonly ToolId HubSpot = new("hubspot");
    public static readonly ToolId Mailer = new("mailer");
    public static readonly ToolId Seats = new("salesloft");

    /// <summary>What somebody called a tool, to see what it does to a page and to a spreadsheet.</summary>
    public const string Hostile = "=HYPERLINK(\"https://evil.example\")<script>alert(1)</script>";

    public static readonly Finding Duplicate = new("duplicate-tools", "hubspot|mailer", Severity.High, $"{Hostile} does nothing that HubSpot does not do, for the same people.")
    {
        Tools = [HubSpot, Mailer],
        Owner = new UserId("ada@example.com"),
        Evidence = [new("redundancy", "0.860") { Number = 0.86 }, new("capabilities", "1.000") { Number = 1 }, new("keep", "hubspot")],
        Saving = 12_000,
        Currency = "USD",
        FirstSeen = At.AddDays(-14),
        LastSeen = At,
    };

    public static readonly Finding Unused = new("unused-seats", "salesloft", Severity.Medium, "42 of 120 seats of Salesloft were not used for 90 days.")
    {
        Tools = [Seats],
        Owner = new UserId("ben@example.com"),
        Evidence = [new("seats", "120") { Number = 120 }, new("active", "78") { Number = 78 }],
        Saving = 37_800,
        Currency = "USD",
        FirstSeen = At,
        LastSeen = At,
    };

    public static readonly Finding Due = new("renewal-due", "hubspot", Severity.Medium, "HubSpot renews on 2027-02-13: the last day to act is 2026-12-15.")
    {
        Tools = [HubSpot],
        Due = new LocalDate(2026, 12, 15),
        Status = FindingStatus.Accepted,
        AcceptedUntil = new LocalDate(2027, 3, 1),
        AcceptedBecause = "it stays, the board said so",
        FirstSeen = At.AddDays(-7),
        LastSeen = At,
    };

    public static readonly Finding Shadow = new("shadow-traffic", "hooks.forms.example", Severity.Low, "Webhooks come from hooks.forms.example, which no list names.") { FirstSeen = At, LastSeen = At };

    public static readonly Finding Fixed = new("no-owner", "salesloft", Severity.Low, "Nobody owns Salesloft.") { Tools = [Seats], Status = FindingStatus.Fixed, FirstSeen = At.AddDays(-21), LastSeen = At.AddDays(-7) };

    public static AuditReport Report { get; } = new(Stack, Run(0, [0, 1, 1, 1]) with { New = [Unused.Id, Shadow.Id], Gone = [Fixed.Id], Changed = [Duplicate.Id] })
    {
        Findings = [Duplicate, Unused, Shadow, Due, Fixed],
        Health = [new(HubSpot, 82, 0.9, [new("utilisation", 25, 25, 20, ["seats used: 12 of 15", "capabilities used: 8 of 10"]), new("security", 15, 11, 11, ["second factor: 5 of 5", "least rights: not known"])]), new(Mailer, null, 0, [])],
        Pairs = [Pair, Pair with { First = HubSpot, Second = Seats, Redundancy = 0.5, Verdict = PairVerdict.Review, Records = null, Intended = new(HubSpot, Seats, "two brands", new(2027, 6, 30)) }],
        Flows =
        [
            new(HubSpot, "Person", "email", "service", true) { Held = 60, From = 40, To = 20 },
            new(Mailer, "Person", "email", null, true) { Held = 60, To = 60 },
            new(HubSpot, "Account", "name", "service", false) { Held = 12, From = 12 },
        ],
        Erasure = [new(HubSpot, ErasureLevel.Proven, new(new(2026, 11, 1), true, 3)) { PersonalValues = 60 }, new(Mailer, ErasureLevel.Failing, new(new(2026, 11, 2), false, null) { Reason = "it was still found" })],
        Waste = [new("USD", 37_800, 12_000)],
    };

    /// <summary>The newest first.</summary>
    public static IReadOnlyList<AuditRun> Runs { get; } = [Report.Run, Run(7, [0, 2, 1, 1]), Run(14, [1, 2, 2, 2])];

    private static PairOverlap Pair => new(HubSpot, Mailer, 0.86, 0.85, PairVerdict.Duplicate)
    {
        Capabilities = new(6, 3, 3, 1, 0.5),
        Records = new(60, 60, 54, 0.9, 0.818),
        Users = new(40, 25, 18, 0.72, 0.383),
        Contained = Mailer,
        Keep = HubSpot,
        SharedCapabilities = ["email-marketing", "forms", "landing-pages"],
    };

    private static StackInventory Stack => new(At, Today)
    {
        Tools =
        [
            new(HubSpot, "HubSpot") { Sources = ToolSources.List | ToolSources.Hub, Owner = new UserId("ada@example.com"), Categories = ["crm"], Activated = ["crm", "email-marketing"], Available = ["crm", "email-marketing", "surveys"], Systems = ["hubspot"], Seats = 40, Cost = new(43_200), Contract = new(new(2027, 2, 13), 60) },
            new(Mailer, Hostile) { Sources = ToolSources.Finance, Activated = ["email-marketing"], Cost = new(12_000) },
            new(Seats, "Salesloft") { Sources = ToolSources.List, Owner = new UserId("ben@example.com"), Seats = 120, Cost = new(null, 75), Activated = ["sales-engagement"] },
        ],
        Usage = Usage(),
        Sources = [new("invoices.csv", null, Today, 255, 1), new("sso.csv", "It is a web page, not a list: sign in and download the file again.", new(2026, 11, 24), 600, 0)],
        TrafficSince = new(2026, 10, 1),
        Traffic = [new(HubSpot, new(2026, 11, 30), 40, 20, 1)],
    };

    private static UsageTable Usage()
    {
        var usage = new UsageBuilder();
        for (var user = 0; user < 120; user++)
            usage.Add(Seats, new($"user{user}@example.com"), user < 78 ? Today.PlusDays(-user % 60) : Today.PlusDays(-100));
        return usage.Build();
    }

    private static AuditRun Run(int daysAgo, int[] open) => new($"2026-12-01-{daysAgo:00}", At.AddDays(-daysAgo)) { Tools = 3, UsageRows = 120, Open = [.. open], Health = 82, Waste = System.Collections.Immutable.ImmutableSortedDictionary<string, decimal>.Empty.Add("USD", 49_800 + daysAgo) };
}
