using Spectre.Console;
using StackHub.Audit;
using StackHub.Audit.Imports;
using StackHub.Audit.Inventory;
using StackHub.Audit.Planning;

namespace StackHub.Cli.Output;

/// <summary>The audit's answers for a person at a terminal.</summary>
internal static class AuditTables
{
    private const int MostProblems = 100;

    public static void Show(Screen screen, AuditReport report, int take)
    {
        var run = report.Run;
        screen.Say($"{AuditWords.Count(run.Tools, "tool")}, {AuditWords.Count(run.UsageRows, "account")}{(run.Health is { } health ? $", mean health {health:0} of 100" : "")}.");
        foreach (var waste in report.Waste)
            screen.Say($"Wasted a year: {AuditWords.Money(waste.Total, waste.Currency)} ({AuditWords.Money(waste.UnusedSeats, waste.Currency)} in unused seats, {AuditWords.Money(waste.UnusedTools, waste.Currency)} in unused tools).");
        Show(screen, [.. report.Findings.Where(finding => finding.Status == FindingStatus.Open)], take);
        if (report.PairsLeftOut > 0)
            screen.Say($"{AuditWords.Count(report.PairsLeftOut, "less redundant pair")} of tools left out: the most redundant of each tool are listed.");
        screen.Say($"{run.New.Length} new, {run.Changed.Length} changed, {run.Gone.Length} gone since the run before.");
    }

    /// <summary>Below the table an id stands on a line of its own: one that is cut cannot be copied.</summary>
    public static void Show(Screen screen, IReadOnlyCollection<Finding> findings, int take)
    {
        if (findings.Count == 0)
        {
            screen.Say("Nothing was found.");
            return;
        }

        var table = SyncTables.New("Severity", "Finding").AddColumn("[bold]Saving a year[/]", column => column.RightAligned()).AddColumn("[bold]Due[/]").AddColumn("[bold]ID[/]", column => column.NoWrap());
        foreach (var finding in findings.Take(take))
            table.AddRow(
                $"[{Colour(finding.Severity)}]{finding.Severity.ToString().ToLowerInvariant()}[/]",
                $"{Markup.Escape(finding.Title)}{(finding.Status == FindingStatus.Open ? "" : $" [grey]({finding.Status.ToString().ToLowerInvariant()})[/]")}\n[grey]{Markup.Escape(string.Join(", ", finding.Evidence.Select(evidence => $"{evidence.Name} {evidence.Value}")))}[/]",
                finding.Saving is { } saving ? Markup.Escape(AuditWords.Money(saving, finding.Currency!)) : "",
                finding.Due is { } due ? AuditWords.Day(due) : "",
                finding.Id);
        screen.Show(table);
        screen.Say(take < findings.Count ? $"{take:N0} of {AuditWords.Count(findings.Count, "finding")}, the gravest first; --take {findings.Count} shows all." : $"{AuditWords.Count(findings.Count, "finding")}.");
    }

    public static void Show(Screen screen, Selection selection, Func<ToolId, string> name)
    {
        if (selection.IsKnown)
            screen.Say($"{selection.Candidate.Name} is in the stack already.");
        screen.Say($"The stack does {AuditWords.Percent(selection.Covered)} of what {selection.Candidate.Name} is wanted for already.");
        var table = SyncTables.New("Tool", "Does too").Numbers("Of the smaller one", "Free seats");
        foreach (var rival in selection.Rivals.Take(10))
            table.AddRow(Markup.Escape(name(rival.Tool)), Markup.Escape(string.Join(", ", rival.Shared)), AuditWords.Percent(rival.Overlap.Containment), rival.FreeSeats?.ToString() ?? "");
        if (!selection.Rivals.IsEmpty)
            screen.Show(table);
        screen.Say(selection.OnlyHere.IsEmpty ? "It would bring nothing new." : $"Only it does: {string.Join(", ", selection.OnlyHere)}.");
    }

    public static void Show(Screen screen, Consolidation what, Func<ToolId, string> name)
    {
        var (keep, drop) = (name(what.Keep), name(what.Drop));
        screen.Say($"Keep {keep}, drop {drop}.");
        screen.Say($"Saving a year: {Money(what.Saving, what.Currency)} (it costs {Money(what.Cost, what.Currency)}; more seats of {keep}: {what.MoreSeats?.ToString() ?? "not known"}).");
        screen.Say($"People to move: {what.PeopleToMove?.ToString("N0") ?? "not known"}. Records only {drop} has: {what.RecordsOnlyDropHas?.ToString("N0") ?? "not known"}.");
        List(screen, "Flows that break", what.BreakingFlows);
        List(screen, "Flows with a reader less", what.FlowsWithLess);
        List(screen, "Fields without a source", what.FieldsWithoutSource);
        List(screen, "Capabilities lost", what.CapabilitiesLost);
    }

    public static void Show(Screen screen, ImportReport report)
    {
        foreach (var problem in report.Problems.Take(MostProblems))
            screen.Say(problem.ToString());
        if (report.Problems.Length > MostProblems)
            screen.Say($"... and {report.BadRows - MostProblems:N0} more; --json tells all.");
        screen.Say(report switch
        {
            { Rejected: { } reason } => $"Not taken: {reason}{(report.RowsBefore is { } before ? $" The snapshot of {before:N0} rows stays in use." : "")}",
            { Unchanged: true } => "It is what is held already.",
            _ => $"Taken: {AuditWords.Count(report.GoodRows, "row")}; {AuditWords.Count(report.BadRows, "row")} not. Columns: {string.Join(", ", report.Columns.Select(column => $"{column.Key} from '{column.Value}'"))}.",
        });
    }

    private static void List(Screen screen, string name, IReadOnlyCollection<string> items) =>
        screen.Say($"{name}: {(items.Count == 0 ? "none" : string.Join(", ", items))}.");

    private static string Money(decimal? amount, string currency) => amount is { } known ? AuditWords.Money(known, currency) : "not known";

    private static string Colour(Severity severity) => severity switch
    {
        Severity.High => "red",
        Severity.Medium => "yellow",
        Severity.Low => "blue",
        _ => "grey",
    };
}
