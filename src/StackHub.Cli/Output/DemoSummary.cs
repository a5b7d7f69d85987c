using Spectre.Console;
using StackHub.Cli.Demo;
using StackHub.Security;

namespace StackHub.Cli.Output;

/// <summary>The demo's last screen: what happened, whether it is right, and what to try next.</summary>
internal sealed class DemoSummary(Screen screen, DemoHub hub, DemoReport report)
{
    private const int ProblemsShown = 5;

    public async Task ShowAsync(bool ends, CancellationToken cancellationToken)
    {
        screen.Say("");
        screen.Show(Tools());
        screen.Show(Edits());
        ShowVerdict();
        if (!ends)
            await ShowNextAsync(cancellationToken);
    }

    private Table Tools()
    {
        var table = SyncTables.New("Tool").Numbers("Before", "After", "Created", "Updated", "Unchanged", "Merged", "Conflicts", "Refused", "Write calls (least)", "All calls", "Seconds", "Limits broken").Title("[bold]What the first sync did[/]");
        foreach (var row in report.Rows)
            table.AddRow(Markup.Escape(row.System), $"{row.RecordsBefore:N0}", $"[bold]{row.RecordsAfter:N0}[/]", $"{row.Created:N0}", $"{row.Updated:N0}", $"{row.Unchanged:N0}", $"{row.MergedIdentities:N0}", $"{row.Conflicts:N0}", SyncTables.Bad(row.Refused),
                $"{row.WriteCalls:N0} [grey]({row.LeastWriteCalls:N0})[/]", $"{row.AllCalls:N0}", $"{row.Seconds:0.0}", row.Violations == 0 ? "[green]none[/]" : $"[red]{row.Violations:N0}[/]");
        return table;
    }

    private Table Edits()
    {
        var table = SyncTables.New("In", "Somebody's edit").Numbers("Everywhere after").Title("[bold]Live edits[/]");
        foreach (var edit in report.Edits)
            table.AddRow(Markup.Escape(edit.Where), Markup.Escape(edit.What), edit.Converged ? $"[green]{edit.Milliseconds:N0} ms[/]" : "[red]not in time[/]");
        return table;
    }

    private void ShowVerdict()
    {
        var problems = report.Checks.SelectMany(check => check.Problems.Select(problem => $"{check.System}: {problem}")).ToArray();
        var fields = report.Checks.Sum(check => (long)check.FieldsCompared);
        screen.Mark($"[bold]{report.People:N0}[/] people, [bold]{report.Accounts:N0}[/] accounts, [bold]{report.Opportunities:N0}[/] opportunities; {report.MergedIdentities:N0} tool records recognised as somebody another tool already had.");
        screen.Mark(problems.Length == 0
            ? $"[green]Checked:[/] every tool was read again over HTTP; {report.Checks.Sum(check => check.Records):N0} records and {fields:N0} fields say the same."
            : $"[red]Checked: {problems.Length:N0} of {fields:N0} fields or records are not as they should be.[/]");
        foreach (var problem in problems.Take(ProblemsShown))
            screen.Mark($"  [red]-[/] {Markup.Escape(problem)}");
        screen.Mark(report.SecondSyncWrites == 0 ? "[green]A second sync had nothing to write.[/]" : $"[red]A second sync still wrote {report.SecondSyncWrites:N0} records.[/]");
        if (report.OpenConflicts > 0)
            screen.Mark($"[yellow]{report.OpenConflicts:N0} cases only a person can decide[/] (may be the same person, or not): 'stackhub conflicts list' shows them.");
        screen.Mark(report.Passed ? $"[green bold]PASSED[/] in {report.Seconds:0.0} s" : $"[red bold]FAILED[/] after {report.Seconds:0.0} s");
    }

    private async Task ShowNextAsync(CancellationToken cancellationToken)
    {
        var key = (await hub.Get<ApiKeyStore>().CreateAsync("demo", [Role.Operator, Role.Approver], cancellationToken)).Secret;
        var address = hub.Address.ToString().TrimEnd('/');
        screen.Say("");
        screen.Raw($"The hub serves {address}");
        screen.Raw($"  curl -s -H 'Authorization: Bearer {key}' {address}/api/systems");
        screen.Raw("Ctrl-C ends the demo.");
    }
}
