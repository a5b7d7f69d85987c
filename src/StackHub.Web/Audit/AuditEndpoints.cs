using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using StackHub.Audit.Drills;
using StackHub.Audit.Inventory;
using StackHub.Audit.Reports;
using StackHub.Records;
using StackHub.Security;
using StackHub.Web.Audit.Parts;
using StackHub.Web.Errors;
using StackHub.Web.Paging;
using StackHub.Web.Records;
using StackHub.Web.Security;

namespace StackHub.Web.Audit;

/// <summary>The stack audit: what it found, what people decided about it, and its report as a file.</summary>
internal static class AuditEndpoints
{
    private const string Tag = "Stack audit";

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("audit", ReadAsync).WithName("getAudit").WithTags(Tag).Needs(Role.Viewer, 404);
        api.MapGet("audit/findings", FindingsAsync).WithName("listFindings").WithTags(Tag).Needs(Role.Viewer, 404);
        api.MapGet("audit/findings/{id}", FindingAsync).WithName("getFinding").WithTags(Tag).Needs(Role.Viewer, 404);
        api.MapPost("audit/findings/{id}/accept", AcceptAsync).WithName("acceptFinding").WithTags(Tag).Needs(Role.Operator, 404, 409, 413, 415, 422);
        api.MapPost("audit/findings/{id}/reopen", ReopenAsync).WithName("reopenFinding").WithTags(Tag).Needs(Role.Operator, 404, 409, 422);
        api.MapGet("audit/tools", ToolsAsync).WithName("listTools").WithTags(Tag).Needs(Role.Viewer, 404);
        api.MapGet("audit/tools/{id}", ToolAsync).WithName("getTool").WithTags(Tag).Needs(Role.Viewer, 404);
        api.MapPost("audit/tools/{id}/drill", DrillAsync).WithName("recordErasureDrill").WithTags(Tag).Needs(Role.Operator, 404, 409, 413, 415, 422);
        api.MapGet("audit/what-if", WhatIfAsync).WithName("askWhatIf").WithTags(Tag).Needs(Role.Viewer, 404);
        api.MapGet("audit/propose", ProposeAsync).WithName("proposeTool").WithTags(Tag).Needs(Role.Viewer, 404);
        api.MapGet("audit/drills", DrillsAsync).WithName("listErasureDrills").WithTags(Tag).Needs(Role.Viewer);
        api.MapPost("audit/drills", StartDrillsAsync).WithName("startErasureDrills").WithTags(Tag).Needs(Role.Operator, 404, 409, 413, 415, 422);
        api.MapGet("audit/runs", RunsAsync).WithName("listAuditRuns").WithTags(Tag).Needs(Role.Viewer);
        api.MapPost("audit/runs", StartAsync).WithName("startAudit").WithTags(Tag).Needs(Role.Operator, 409, 422);
        api.MapGet("audit/report/{format}", ReportAsync).WithName("getAuditReport").WithTags(Tag).Needs(Role.Viewer, 404)
            .Produces(200, contentType: "text/html", additionalContentTypes: [.. ReportFormat.All.Select(format => format.ContentType)]);
    }

    /// <summary>The newest run, and what it would save.</summary>
    internal static async Task<Results<Ok<AuditSummary>, ProblemResult>> ReadAsync(AuditDesk desk, CancellationToken cancellationToken) =>
        await desk.ReadAsync(cancellationToken) is { } model ? TypedResults.Ok(AuditSummary.Of(model)) : Problems.NotFound("audit");

    /// <summary>Findings, open ones and the gravest first.</summary>
    /// <param name="status">open (unless told), accepted, fixed or all.</param>
    /// <param name="check">Only what this check found.</param>
    internal static async Task<Results<Ok<Page<FindingDocument>>, ProblemResult>> FindingsAsync(string? status, string? check, [AsParameters] PageQuery page, AuditDesk desk, Cursors cursors, CancellationToken cancellationToken)
    {
        var wanted = status ?? FindingsModel.Statuses[0];
        if (!FindingsModel.Statuses.Contains(wanted))
            return Problems.BadParameter("status", "open, accepted, fixed or all");
        if (await desk.ReadAsync(cancellationToken) is not { } model)
            return Problems.NotFound("audit");
        var (part, problem) = Slice.Of(FindingsModel.Select(model.Report, wanted, check), page, cursors, $"findings:{wanted}:{check}");
        return problem is not null ? problem : TypedResults.Ok(new Page<FindingDocument>([.. part!.Items.Select(AuditDocuments.Of)], part.Next));
    }

    /// <summary>A finding, with its evidence.</summary>
    /// <param name="id">The finding's id.</param>
    internal static async Task<Results<Ok<FindingDocument>, ProblemResult>> FindingAsync(string id, AuditDesk desk, CancellationToken cancellationToken) =>
        await desk.ReadAsync(cancellationToken) is { } model && FindingModel.Of(model, id) is { } found ? TypedResults.Ok(AuditDocuments.Of(found.Finding)) : Problems.NotFound("finding");

    /// <summary>Takes a finding as it is, until a day; it is open again on the day after, or when it becomes graver.</summary>
    /// <param name="id">The finding's id.</param>
    internal static async Task<Results<Ok<FindingDocument>, ProblemResult>> AcceptAsync(string id, AcceptFinding accept, AuditDesk desk, CancellationToken cancellationToken)
    {
        if (await desk.ReadAsync(cancellationToken) is not { } model || FindingModel.Of(model, id) is not { } known)
            return Problems.NotFound("finding");
        var (acceptance, wrong) = Acceptance.Read(accept.Until, accept.Because, known.Today);
        if (acceptance is null)
            return Problems.BadBody(wrong!, wrong == "until" ? Acceptance.UntilCure : Acceptance.BecauseCure);
        return await desk.AcceptAsync(id, acceptance, cancellationToken) is { } accepted ? TypedResults.Ok(AuditDocuments.Of(accepted)) : Problems.NotFound("finding");
    }

    /// <summary>Takes an acceptance back.</summary>
    /// <param name="id">The finding's id.</param>
    internal static async Task<Results<Ok<FindingDocument>, ProblemResult>> ReopenAsync(string id, AuditDesk desk, CancellationToken cancellationToken) =>
        Queries.IsKey(id) && await desk.ReopenAsync(id, cancellationToken) is { } finding ? TypedResults.Ok(AuditDocuments.Of(finding)) : Problems.NotFound("finding");

    /// <summary>Tools of the stack, by name.</summary>
    internal static async Task<Results<Ok<Page<ToolDocument>>, ProblemResult>> ToolsAsync([AsParameters] PageQuery page, AuditDesk desk, Cursors cursors, CancellationToken cancellationToken)
    {
        if (await desk.ReadAsync(cancellationToken) is not { } model)
            return Problems.NotFound("audit");
        var (part, problem) = Slice.Of(model.Tools, page, cursors, "tools");
        return problem is not null ? problem : TypedResults.Ok(new Page<ToolDocument>([.. part!.Items.Select(row => AuditDocuments.Of(row.Tool, model.Report.Stack, row.Health))], part.Next));
    }

    /// <summary>A tool of the stack, with its health.</summary>
    /// <param name="id">The tool's id, such as hubspot.</param>
    internal static async Task<Results<Ok<ToolDocument>, ProblemResult>> ToolAsync(string id, AuditDesk desk, CancellationToken cancellationToken) =>
        await desk.ReadAsync(cancellationToken) is { } model && ToolModel.Of(model, desk.Settings, id) is { } tool
            ? TypedResults.Ok(AuditDocuments.Of(tool.Tool, model.Report.Stack, tool.Health))
            : Problems.NotFound("tool");

    /// <summary>Keeps what came of a trial erasure of a synthetic person; the next audit reckons with it.</summary>
    /// <param name="id">The tool's id, such as hubspot.</param>
    internal static async Task<Results<NoContent, ProblemResult>> DrillAsync(string id, DrillReport drill, AuditDesk desk, AuditDrills drills, TimeProvider time, CancellationToken cancellationToken)
    {
        if (await desk.ReadAsync(cancellationToken) is not { } model || model.Report.Stack.Find(new(id)) is not { } tool)
            return Problems.NotFound("tool");
        var (result, wrong, cure) = drill.Read(time.GetUtcNow());
        if (result is null)
            return Problems.BadBody(wrong!, cure!);
        await drills.RecordAsync(tool, result, cancellationToken);
        return TypedResults.NoContent();
    }

    /// <summary>What keeping one tool and dropping another would save and break, by what the newest run measured.</summary>
    /// <param name="keep">The id or name of the tool to keep.</param>
    /// <param name="drop">The id or name of the tool to drop.</param>
    internal static async Task<Results<Ok<ConsolidationView>, ProblemResult>> WhatIfAsync(string? keep, string? drop, AuditDesk desk, IToolCatalogue catalogue, CancellationToken cancellationToken)
    {
        if (await desk.ReadAsync(cancellationToken) is not { } model || await desk.ViewAsync(cancellationToken) is not { } view)
            return Problems.NotFound("audit");
        var asked = WhatIfModel.Of(model, view, catalogue, keep, drop);
        if (asked.Unknown.Count > 0)
            return Problems.NotFound("tool");
        return asked.Answer is { } answer ? TypedResults.Ok(ConsolidationView.Of(answer)) : Problems.BadParameter(asked.Keep.Length == 0 ? "keep" : "drop", "a tool of the stack, and another one than the other");
    }

    /// <summary>What of a tool that somebody wants the stack does already, by what the newest run measured.</summary>
    /// <param name="tool">Its name.</param>
    /// <param name="for">Ids of the capabilities it is wanted for; all that the catalogue knows of it when left out.</param>
    internal static async Task<Results<Ok<SelectionView>, ProblemResult>> ProposeAsync(string? tool, string[]? @for, AuditDesk desk, IToolCatalogue catalogue, CancellationToken cancellationToken)
    {
        if (await desk.ReadAsync(cancellationToken) is not { } model || await desk.ViewAsync(cancellationToken) is not { } view)
            return Problems.NotFound("audit");
        var asked = ProposeModel.Of(model, view, catalogue, tool, @for ?? []);
        if (asked.Name.Length == 0)
            return Problems.BadParameter("tool", $"a name of at most {ProposeModel.MostLetters} characters");
        return asked.Answer is { } answer ? TypedResults.Ok(SelectionView.Of(answer)) : Problems.BadParameter("for", "ids of capabilities, since the catalogue does not know the tool");
    }

    /// <summary>Trial erasures that the hub made, the newest first; those under way are gone on with every hour.</summary>
    internal static async Task<Results<Ok<Page<DrillView>>, ProblemResult>> DrillsAsync([AsParameters] PageQuery page, DrillDesk desk, Cursors cursors, CancellationToken cancellationToken)
    {
        var (part, problem) = Slice.Of((await desk.ReadAsync(cancellationToken)).Trials, page, cursors, "audit-drills");
        return problem is not null ? problem : TypedResults.Ok(new Page<DrillView>([.. part!.Items.Select(DrillView.Of)], part.Next));
    }

    /// <summary>Starts a trial erasure of a synthetic person and takes it as far as it goes now. One that is under way is gone on with instead.</summary>
    internal static async Task<Results<Ok<IReadOnlyList<DrillView>>, ProblemResult>> StartDrillsAsync(StartDrill drill, HttpContext context, DrillDesk desk, CancellationToken cancellationToken)
    {
        var system = drill.System is { } name ? new SystemId(name) : (SystemId?)null;
        if (system is { } wanted && !desk.Knows(wanted))
            return Problems.NotFound("system");
        var (started, obstacle) = await desk.StartAsync(system, Caller.Of(context).Id, cancellationToken);
        return obstacle is not null ? Problems.Conflict("no-drill", "No drill can be made", obstacle) : TypedResults.Ok<IReadOnlyList<DrillView>>([.. started.Select(DrillView.Of)]);
    }

    /// <summary>Runs, the newest first, each with how it differs from the one before.</summary>
    internal static async Task<Results<Ok<Page<RunDocument>>, ProblemResult>> RunsAsync([AsParameters] PageQuery page, AuditDesk desk, Cursors cursors, CancellationToken cancellationToken)
    {
        var (part, problem) = Slice.Of((await desk.ReadAsync(cancellationToken))?.Runs ?? [], page, cursors, "audit-runs");
        return problem is not null ? problem : TypedResults.Ok(new Page<RunDocument>([.. part!.Items.Select(AuditDocuments.Of)], part.Next));
    }

    /// <summary>Audits now, and answers when it is done. A run that was broken off goes on.</summary>
    internal static async Task<Results<Ok<RunDocument>, ProblemResult>> StartAsync(AuditDesk desk, CancellationToken cancellationToken) =>
        TypedResults.Ok(AuditDocuments.Of(await desk.RunAsync(cancellationToken)));

    /// <summary>The newest report as a file: html for people, csv, json, or sarif for CI.</summary>
    /// <param name="format">html, csv, json or sarif.</param>
    internal static async Task<IResult> ReportAsync(string format, AuditDesk desk, CancellationToken cancellationToken) => await AuditConsole.ReportAsync(format, desk, cancellationToken);
}
