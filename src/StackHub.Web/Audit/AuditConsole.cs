using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using StackHub.Audit.Drills;
using StackHub.Audit.Inventory;
using StackHub.Records;
using StackHub.Security;
using StackHub.Web.Errors;
using StackHub.Web.Paging;
using StackHub.Web.Records;
using StackHub.Web.Security;
using StackHub.Web.Shell;

namespace StackHub.Web.Audit;

/// <summary>The pages of the stack audit, its report as a file, and what a person decides about a finding.</summary>
internal static class AuditConsole
{
    public static void Map(IEndpointRouteBuilder console)
    {
        console.MapGet("audit", ShowAsync).Allows(Role.Viewer);
        console.MapGet("audit/findings", FindingsAsync).Allows(Role.Viewer);
        console.MapGet("audit/findings/{id}", FindingAsync).Allows(Role.Viewer);
        console.MapPost("audit/findings/{id}/accept", AcceptAsync).Allows(Role.Operator);
        console.MapPost("audit/findings/{id}/reopen", ReopenAsync).Allows(Role.Operator);
        console.MapGet("audit/tools", ToolsAsync).Allows(Role.Viewer);
        console.MapGet("audit/tools/{id}", ToolAsync).Allows(Role.Viewer);
        console.MapGet("audit/overlaps", OverlapsAsync).Allows(Role.Viewer);
        console.MapGet("audit/data", DataAsync).Allows(Role.Viewer);
        console.MapGet("audit/renewals", RenewalsAsync).Allows(Role.Viewer);
        console.MapGet("audit/what-if", WhatIfAsync).Allows(Role.Viewer);
        console.MapGet("audit/propose", ProposeAsync).Allows(Role.Viewer);
        console.MapGet("audit/drills", DrillsAsync).Allows(Role.Viewer);
        console.MapPost("audit/drills", StartDrillAsync).Allows(Role.Operator);
        console.MapPost("audit/drills/go-on", GoOnAsync).Allows(Role.Operator);
        console.MapGet("audit/runs", RunsAsync).Allows(Role.Viewer);
        console.MapGet("audit/runs/{id}", RunAsync).Allows(Role.Viewer);
        console.MapPost("audit/runs", StartAsync).Allows(Role.Operator);
        console.MapGet("audit/report/{format}", ReportAsync).Allows(Role.Viewer);
    }

    internal static Task<IResult> ShowAsync(AuditDesk desk, CancellationToken cancellationToken) => PageAsync<AuditPage>(desk, "Stack audit", model => model, null, cancellationToken);

    internal static Task<IResult> OverlapsAsync(AuditDesk desk, CancellationToken cancellationToken) => PageAsync<OverlapsPage>(desk, "Overlaps", model => model, null, cancellationToken);

    internal static Task<IResult> DataAsync(AuditDesk desk, CancellationToken cancellationToken) => PageAsync<DataPage>(desk, "Personal data", model => model, null, cancellationToken);

    internal static Task<IResult> RenewalsAsync(AuditDesk desk, CancellationToken cancellationToken) => PageAsync<RenewalsPage>(desk, "Renewals", model => model, null, cancellationToken);

    internal static Task<IResult> RunsAsync(AuditDesk desk, CancellationToken cancellationToken) => PageAsync<AuditRunsPage>(desk, "Audit runs", model => new AuditRunsModel(model), null, cancellationToken);

    internal static async Task<IResult> FindingsAsync(string? status, string? check, [AsParameters] PageQuery page, AuditDesk desk, Cursors cursors, CancellationToken cancellationToken)
    {
        var wanted = status ?? FindingsModel.Statuses[0];
        if (!FindingsModel.Statuses.Contains(wanted))
            return Problems.BadParameter("status", "open, accepted, fixed or all");
        if (await desk.ReadAsync(cancellationToken) is not { } model)
            return Nothing();
        var (part, problem) = Parts.Slice.Of(FindingsModel.Select(model.Report, wanted, check), page, cursors, $"console-findings:{wanted}:{check}");
        return problem ?? (IResult)PageResult.Of<FindingsPage>("Findings", new FindingsModel(model, wanted, check, part!.Items, part.Total, part.Next, page.Cursor is not null));
    }

    internal static Task<IResult> FindingAsync(string id, AuditDesk desk, CancellationToken cancellationToken) =>
        PageAsync<FindingPage>(desk, "Finding", model => FindingModel.Of(model, id), "finding", cancellationToken);

    internal static async Task<IResult> ToolsAsync([AsParameters] PageQuery page, AuditDesk desk, Cursors cursors, CancellationToken cancellationToken)
    {
        if (await desk.ReadAsync(cancellationToken) is not { } model)
            return Nothing();
        var (part, problem) = Parts.Slice.Of(model.Tools, page, cursors, "console-tools");
        return problem ?? (IResult)PageResult.Of<ToolsPage>("Tools", new ToolsModel(model, part!.Items, part.Total, part.Next, page.Cursor is not null));
    }

    internal static Task<IResult> ToolAsync(string id, AuditDesk desk, CancellationToken cancellationToken) =>
        PageAsync<ToolPage>(desk, "Tool", model => ToolModel.Of(model, desk.Settings, id), "tool", cancellationToken);

    internal static Task<IResult> RunAsync(string id, AuditDesk desk, CancellationToken cancellationToken) =>
        PageAsync<AuditRunPage>(desk, "Audit run", model => AuditRunModel.Of(model, id), "run", cancellationToken);

    internal static async Task<IResult> StartAsync(AuditDesk desk, CancellationToken cancellationToken)
    {
        var run = await desk.RunAsync(cancellationToken);
        return new SaidResult("audit", string.Create(CultureInfo.InvariantCulture, $"Audited {Names.Count(run.Tools, "tool")}: {Names.Count(run.New.Length, "new finding")}, {run.Gone.Length} gone."));
    }

    internal static async Task<IResult> WhatIfAsync(string? keep, string? drop, AuditDesk desk, IToolCatalogue catalogue, CancellationToken cancellationToken) =>
        await desk.ReadAsync(cancellationToken) is { } model && await desk.ViewAsync(cancellationToken) is { } view
            ? PageResult.Of<WhatIfPage>("What if", WhatIfModel.Of(model, view, catalogue, keep, drop))
            : Nothing();

    internal static async Task<IResult> ProposeAsync(HttpContext context, AuditDesk desk, IToolCatalogue catalogue, CancellationToken cancellationToken) =>
        await desk.ReadAsync(cancellationToken) is { } model && await desk.ViewAsync(cancellationToken) is { } view
            ? PageResult.Of<ProposePage>("Before you buy", ProposeModel.Of(model, view, catalogue, context.Request.Query["tool"], context.Request.Query["for"]))
            : Nothing();

    internal static async Task<IResult> DrillsAsync(DrillDesk desk, CancellationToken cancellationToken) =>
        PageResult.Of<DrillsPage>("Erasure drills", await desk.ReadAsync(cancellationToken));

    internal static async Task<IResult> StartDrillAsync(HttpContext context, DrillDesk desk, CancellationToken cancellationToken)
    {
        var system = context.Request.Form["system"].ToString() is { Length: > 0 } name ? new SystemId(name) : (SystemId?)null;
        if (system is { } wanted && !desk.Knows(wanted))
            return Problems.NotFound("system");
        var (started, obstacle) = await desk.StartAsync(system, Caller.Of(context).Id, cancellationToken);
        return new SaidResult("audit/drills", obstacle ?? Said(started));
    }

    internal static async Task<IResult> GoOnAsync(DrillDesk desk, CancellationToken cancellationToken)
    {
        await desk.GoOnAsync(cancellationToken);
        return new SaidResult("audit/drills", "Looked again.");
    }

    internal static async Task<IResult> AcceptAsync(string id, HttpContext context, AuditDesk desk, CancellationToken cancellationToken)
    {
        if (await desk.ReadAsync(cancellationToken) is not { } model || FindingModel.Of(model, id) is not { } finding)
            return Problems.NotFound("finding");
        var (acceptance, wrong) = Acceptance.Read(context.Request.Form["until"], context.Request.Form["because"], finding.Today);
        if (acceptance is null)
            return Problems.BadBody(wrong!, wrong == "until" ? Acceptance.UntilCure : Acceptance.BecauseCure);
        return await desk.AcceptAsync(id, acceptance, cancellationToken) is null
            ? Problems.NotFound("finding")
            : new SaidResult($"audit/findings/{id}", $"Accepted until {AuditPhrases.Day(acceptance.Until)}.");
    }

    internal static async Task<IResult> ReopenAsync(string id, AuditDesk desk, CancellationToken cancellationToken) =>
        Queries.IsKey(id) && await desk.ReopenAsync(id, cancellationToken) is not null ? new SaidResult($"audit/findings/{id}", "It is open again.") : Problems.NotFound("finding");

    internal static async Task<IResult> ReportAsync(string format, AuditDesk desk, CancellationToken cancellationToken)
    {
        if (!AuditFiles.Formats.Contains(format))
            return Problems.NotFound("format");
        return await desk.ReadAsync(cancellationToken) is { } model && await AuditFiles.MakeAsync(format, model) is { } file
            ? new AuditFileResult(file)
            : Problems.NotFound("report");
    }

    private static string Said(IReadOnlyList<Trial> started) => string.Join(' ', new[]
    {
        $"Started {Names.Count(started.Count, "drill")}.",
        Part(started, TrialStage.Passed, "passed"),
        Part(started, TrialStage.Failed, "failed"),
        Part(started, TrialStage.NotMade, "made nobody"),
        started.Count(trial => !trial.IsOver) is > 0 and var left ? $"{left} under way: look again later." : "",
    }.Where(words => words.Length > 0));

    private static string Part(IReadOnlyList<Trial> started, TrialStage stage, string word) =>
        started.Count(trial => trial.Stage == stage) is > 0 and var count ? $"{count} {word}." : "";

    /// <param name="of">Null when there is no such thing.</param>
    /// <param name="thing">What the page is about, where it is one of many.</param>
    private static async Task<IResult> PageAsync<TPage>(AuditDesk desk, string title, Func<AuditModel, object?> of, string? thing, CancellationToken cancellationToken) where TPage : Microsoft.AspNetCore.Components.IComponent
    {
        if (await desk.ReadAsync(cancellationToken) is not { } model)
            return thing is null ? Nothing() : Problems.NotFound(thing);
        return of(model) is { } shown ? PageResult.Of<TPage>(title, shown) : Problems.NotFound(thing ?? "page");
    }

    private static PageResult Nothing() => PageResult.Of<NoAuditPage>("Stack audit", new NoAuditModel());
}
