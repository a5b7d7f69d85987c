using System.CommandLine;
using Spectre.Console;
using StackHub.Cli.CommandLine;
using StackHub.Cli.Output;
using StackHub.Web.Privacy;

namespace StackHub.Cli.Commands;

/// <summary>All of one request.</summary>
internal static class PrivacyShow
{
    public static Command Make(CommandRunner runner)
    {
        var id = PrivacyShared.Id();
        return new HubCommand("show", "A request: whom it is about, its dates and how they were reckoned, plan, proof in each system, holds. It shows personal data.", "stackhub privacy show 01a2056be11c73deb2d0e74db2818caa")
            .With(id)
            .Runs(runner, (call, cancellationToken) => RunAsync(call, call.Value(id), cancellationToken));
    }

    private static async Task<int> RunAsync(Invocation call, string id, CancellationToken cancellationToken)
    {
        await using var hub = await call.LookAsync(cancellationToken);
        if (await hub.Get<RequestReader>().FindAsync(PrivacyShared.Parse(id), withCodes: true, cancellationToken) is not { } view)
            throw PrivacyShared.Unknown(id);
        if (call.Screen.Json)
            call.Screen.Result(view);
        else
            PrivacyScreen.Show(call.Screen, view);
        return ExitCode.Fine;
    }
}

/// <summary>How a request is drawn.</summary>
internal static class PrivacyScreen
{
    public static void Show(Screen screen, RequestView view)
    {
        screen.Mark($"[bold]{view.Request.Kind}[/] {view.Request.Id}: [bold]{view.Request.State}[/]{(view.Request.Needs is { } needs ? $", waits for {needs}" : "")}");
        screen.Say($"Received {Words.Time(view.Request.ReceivedAt)} from {view.Request.SubmittedBy}.");
        screen.Say($"About: {string.Join(", ", view.Subject.Emails.Concat(view.Subject.Phones).Concat(view.Subject.Records.Select(record => $"record {record}")).Concat(view.Subject.Links.Select(link => link.ToString())).DefaultIfEmpty("nobody any more; the person was erased"))}");
        if (view.Note?.Message is { } message)
            screen.Say($"They wrote: {message}");
        if (view.Note?.Phone is { } phone)
            screen.Say($"Phone they gave (not verified): {phone}");
        screen.Say(view.Verification is { } proof ? $"Verified by {proof.By} on {Words.Time(proof.At)}: {proof.Reason}" : "Nobody has shown yet that it comes from the person.");
        foreach (var code in view.ByHand)
            screen.Mark($"[yellow]Bring this code over by hand:[/] {code.Code} to {Markup.Escape(code.Address)}, with reference {code.Reference}, by {Words.Time(code.ExpiresAt)}");
        if (view.Review is { } review)
            screen.Mark($"[yellow]{Markup.Escape(review)}[/] Candidates: {string.Join(", ", view.Candidates)}");
        if (view.Denial is { } denial)
            screen.Say($"Denied by {denial.By}: {denial.Ground}. Appeal: {denial.Appeal}");
        if (view.Appeal is { } appeal)
            screen.Say($"The person appealed on {Words.Time(appeal.ReceivedAt)}{(appeal.Granted is { } granted ? $"; {(granted ? "granted" : "the denial stands")} ({appeal.AnsweredBy}, {Words.Time(appeal.AnsweredAt!.Value)}): {appeal.Reason}" : "; nobody answered yet")}.");
        foreach (var clock in view.Clocks)
            screen.Say($"{clock.Name}: {clock.Complete.Explain}");
        foreach (var question in view.Questions)
            screen.Say($"The person was asked for {question.For} on {Words.Time(question.AskedAt)}{(question.AnsweredAt is { } answered ? $", and answered on {Words.Time(answered)}" : "; no answer yet")}.");
        ShowPlan(screen, view);
        ShowTasks(screen, view);
        foreach (var hold in view.Holds)
            screen.Mark($"[yellow]Held[/] ({Markup.Escape(hold.Scope)}): {Markup.Escape(hold.Ground)}");
        foreach (var exemption in view.Exemptions)
            screen.Say($"Kept by right until {exemption.Until:yyyy-MM-dd} ({exemption.Scope}): {exemption.Ground}");
        if (view.Words.Length > 0)
            screen.Say(view.Words);
    }

    public static void ShowPlan(Screen screen, PrivacyPlanView plan)
    {
        var table = SyncTables.New("Step", "System", "Action").Numbers("Records").AddColumn("Note");
        foreach (var system in plan.Systems)
            table.AddRow($"{system.Stage + 1}", system.System.ToString(), system.Action, $"{plan.Items.Count(item => item.System.Equals(system.System)):N0}", Markup.Escape(system.Note));
        screen.Show(table);
        foreach (var item in plan.Items)
            foreach (var call in item.Calls)
                screen.Say($"  {item.System}: {call}");
        foreach (var wide in plan.Wide)
            screen.Mark($"[yellow]Reaches far:[/] {Markup.Escape(wide)}");
        foreach (var kept in plan.Kept)
            screen.Say($"Stays: {kept}.");
        screen.Say($"Plan {plan.Fingerprint}, {(plan.ApprovalsNeeded == 0 ? "needs no approval" : plan.ApprovalsNeeded == 1 ? "needs one approver" : $"needs {plan.ApprovalsNeeded} approvers")}.");
    }

    private static void ShowPlan(Screen screen, RequestView view)
    {
        if (view.Plan is not { } plan || view.Tasks.Count > 0)
            return;
        ShowPlan(screen, plan);
        foreach (var system in view.Feasibility)
            screen.Mark(system.InTime ? Markup.Escape(system.Words) : $"[red]{Markup.Escape(system.Words)}[/]");
        foreach (var approval in view.Approvals)
            screen.Say($"Approved by {approval.By} on {Words.Time(approval.At)}.");
    }

    private static void ShowTasks(Screen screen, RequestView view)
    {
        if (view.Tasks.Count == 0)
            return;
        var table = SyncTables.New("Task", "Status", "Proof").Numbers("Records").AddColumn("Why");
        foreach (var task in view.Tasks)
            table.AddRow(Markup.Escape(task.Id), Status(task.Status), task.Level, $"{task.Items.Count:N0}", Markup.Escape(task.Reason ?? (task.Returns.Count > 0 ? $"came back {task.Returns.Count} times: {task.Returns[^1].Cause}" : "")));
        screen.Show(table);
    }

    private static string Status(string status) => status switch
    {
        "done" => "[green]done[/]",
        "failed" or "blocked" => $"[red]{status}[/]",
        "held" or "manual" => $"[yellow]{status}[/]",
        _ => status,
    };
}
