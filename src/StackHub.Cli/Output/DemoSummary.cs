using Spectre.Console;
using StackHub.Cli.Checking;
using StackHub.Cli.Demo;
using StackHub.Security;
using StackHub.Sync.Explain;

namespace StackHub.Cli.Output;

/// <summary>The demo's last screen: what happened, whether it is right, and what to try next.</summary>
internal sealed class DemoSummary(Screen screen, DemoHub hub, DemoReport report)
{
    private const int ProblemsShown = 5;
    private const int FieldsShown = 4;

    /// <summary>The person that the live edits made in one tool.</summary>
    private const string Newcomer = "new.person@demo-newcomer.example";

    public async Task ShowAsync(bool ends, CancellationToken cancellationToken)
    {
        screen.Say("");
        screen.Show(Tools());
        screen.Show(Edits());
        if (report.Leads.Leads.Count > 0)
            ShowLeads();
        await ShowPersonAsync(cancellationToken);
        ShowVerdict();
        if (!ends)
            await ShowNextAsync(cancellationToken);
    }

    /// <summary>A column a tool, so that it fits a narrow terminal.</summary>
    private Table Tools()
    {
        var table = SyncTables.New("What the first sync did").Numbers([.. report.Rows.Select(row => row.System)]);
        Line("Records before", row => $"{row.RecordsBefore:N0}");
        Line("Records after", row => $"[bold]{row.RecordsAfter:N0}[/]");
        Line("Created", row => $"{row.Created:N0}");
        Line("Updated", row => $"{row.Updated:N0}");
        Line("Unchanged", row => $"{row.Unchanged:N0}");
        Line("Recognised as somebody known", row => $"{row.MergedIdentities:N0}");
        Line("Wait for a person's decision", row => $"{row.Conflicts:N0}");
        Line("Refused by the tool", row => SyncTables.Bad(row.Refused));
        Line("Write calls (least possible)", row => $"{row.WriteCalls:N0} [grey]({row.LeastWriteCalls:N0})[/]");
        Line("All calls, reading included", row => $"{row.AllCalls:N0}");
        Line("Limits broken", row => row.Violations == 0 ? "[green]none[/]" : $"[red]{row.Violations:N0}[/]");
        Line("Seconds to write it all", row => $"{row.Seconds:0.0}");
        return table;

        void Line(string name, Func<DemoRow, string> cell) => table.AddRow([name, .. report.Rows.Select(cell)]);
    }

    private Table Edits()
    {
        var table = SyncTables.New("In", "Somebody's edit").Numbers("Everywhere after").Title("[bold]Live edits[/]");
        foreach (var edit in report.Edits)
            table.AddRow(Markup.Escape(edit.Where), Markup.Escape(edit.What), edit.Converged ? $"[green]{edit.Milliseconds:N0} ms[/]" : "[red]not in time[/]");
        return table;
    }

    /// <summary>The leads as the CRM has them; their ids lead to the decision in the console.</summary>
    private void ShowLeads()
    {
        var table = SyncTables.New("Lead", "Came in", "Stage", "Owner", "Because").Title("[bold]Leads by webhook, as Salesforce has them[/]");
        foreach (var lead in report.Leads.Leads)
            table.AddRow($"[link={lead.Why}]{Markup.Escape(lead.Lead)}[/]", Markup.Escape(lead.From), Markup.Escape(lead.Stage ?? "none"), Markup.Escape(lead.Owner ?? "nobody"), Markup.Escape(Because(lead)));
        screen.Show(table);
        foreach (var pool in report.Leads.Shares.GroupBy(share => share.Pool))
            screen.Mark($"Pool [bold]{Markup.Escape(pool.Key)}[/] gave {Markup.Escape(string.Join(", ", pool.Select(share => $"{share.Owner} {share.Leads:N0} ({share.Due:0.#} by weight)")))}.");
        if (report.Leads.Leads is [var first, ..])
            screen.Raw($"Why each of them: {first.Why.GetLeftPart(UriPartial.Authority)}/console/routing, and on each lead's own page, such as {first.Why}");
    }

    private static string Because(CheckedLead lead) => (lead.Rule, lead.Pool) switch
    {
        (null, _) => "not routed",
        ({ } rule, { } pool) => $"rule {rule}, pool {pool}",
        ({ } rule, null) => rule,
    };

    private void ShowVerdict()
    {
        var problems = report.Checks.SelectMany(check => check.Problems.Select(problem => $"{check.System}: {problem}")).Concat(report.Leads.Problems.Select(problem => $"leads: {problem}")).ToArray();
        var fields = report.Checks.Sum(check => (long)check.FieldsCompared);
        screen.Mark($"[bold]{report.People:N0}[/] people, [bold]{report.Accounts:N0}[/] accounts, [bold]{report.Opportunities:N0}[/] opportunities; {report.MergedIdentities:N0} tool records recognised as somebody another tool already had.");
        screen.Mark(problems.Length == 0
            ? $"[green]Checked:[/] every tool was read again over HTTP; {report.Checks.Sum(check => check.Records):N0} records and {fields:N0} fields say the same."
            : $"[red]Checked: {problems.Length:N0} of {fields:N0} fields or records are not as they should be.[/]");
        foreach (var problem in problems.Take(ProblemsShown))
            screen.Mark($"  [red]-[/] {Markup.Escape(problem)}");
        screen.Mark(report.SecondSyncWrites == 0 ? "[green]A second sync had nothing to write.[/]" : $"[red]A second sync still wrote {report.SecondSyncWrites:N0} records.[/]");
        if (report.OpenConflicts > 0)
            screen.Mark($"[yellow]{report.OpenConflicts:N0} cases only a person can decide[/] (the same person, or two?): see /api/conflicts below, or 'stackhub conflicts list' on a hub of your own.");
        screen.Mark(report.Passed ? $"[green bold]PASSED[/] in {report.Seconds:0.0} s" : $"[red bold]FAILED[/] after {report.Seconds:0.0} s");
    }

    private async Task ShowPersonAsync(CancellationToken cancellationToken)
    {
        if (await hub.Get<Explainer>().ExplainAsync(Newcomer, cancellationToken) is not { } explanation)
            return;
        screen.Mark("[bold]Why does a record say what it says?[/] The person of the last edit:");
        ExplanationView.Show(screen, explanation with { Fields = [.. explanation.Fields.Where(field => field.Winner is not null).Take(FieldsShown)] });
    }

    private async Task ShowNextAsync(CancellationToken cancellationToken)
    {
        var key = (await hub.Get<ApiKeyStore>().CreateAsync("demo", [Role.Operator, Role.Approver], cancellationToken)).Secret;
        var address = hub.Address.ToString().TrimEnd('/');
        screen.Say("");
        screen.Raw($"Look at it: {address}/console/ (sign in with the key {key})");
        screen.Raw("Or ask it:");
        screen.Raw($"  curl -s -H 'Authorization: Bearer {key}' {address}/api/systems");
        screen.Raw($"  curl -s -H 'Authorization: Bearer {key}' '{address}/api/explain?q={Newcomer}'");
        screen.Raw($"  curl -s -H 'Authorization: Bearer {key}' {address}/api/conflicts");
        screen.Raw("Ctrl-C ends the demo.");
    }
}
