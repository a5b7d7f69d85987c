using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using StackHub.Configuration;
using StackHub.Flows;
using StackHub.Lifecycle.Overrides;
using StackHub.Lifecycle.Reports;
using StackHub.Records;
using StackHub.Security;
using StackHub.Web.Errors;
using StackHub.Web.Records;
using StackHub.Web.Security;
using StackHub.Web.Shell;

namespace StackHub.Web.Lifecycle;

/// <summary>The pages on which one person proposes an override and another one decides it.</summary>
internal static class OverrideConsole
{
    public static void Map(IEndpointRouteBuilder console)
    {
        console.MapGet("records/{id}/override", AskAsync).Allows(Role.Operator);
        console.MapPost("records/{id}/override", ProposeAsync).Allows(Role.Operator);
        console.MapGet("lifecycle/overrides/{id}", ShowAsync).Allows(Role.Viewer);
        console.MapPost("lifecycle/overrides/{id}/approve", ApproveAsync).Allows(Role.Approver);
        console.MapPost("lifecycle/overrides/{id}/reject", RejectAsync).Allows(Role.Approver);
    }

    internal static async Task<IResult> AskAsync(string id, HubModel model, LifecycleReports reports, RecordNames names, CancellationToken cancellationToken)
    {
        if (Queries.Id(id) is not { } record || model.Lifecycle is not { } plan || await reports.PersonAsync(record, cancellationToken) is not { } person)
            return Problems.NotFound("record");
        var ruledOut = OverrideRules.RuledOut(plan.Machine, person.Head.Journeys).ToArray();
        if (ruledOut.Length == 0)
            return Problems.Conflict("not-ruled-out", "There is nothing to override", new OverrideAnswer.Refused(OverrideRefusal.NotRuledOut).Message);
        var title = (await names.OfAsync([person.Person], cancellationToken)).GetValueOrDefault(person.Person)?.Title ?? person.Person.ToString();
        return new PageResult(typeof(ProposeOverridePage), "Override a stage", new ProposeOverrideModel(person.Person, title, [.. ruledOut.Select(journey => (journey.Motion.ToString(), journey.Current, plan.Machine[journey.Current].Reopens[0]))])) { Section = "lifecycle" };
    }

    internal static async Task<IResult> ProposeAsync(string id, HttpContext context, OverrideDesk desk, CancellationToken cancellationToken)
    {
        var form = context.Request.Form;
        if (Queries.Id(id) is not { } person)
            return Problems.NotFound("record");
        if (GivenReason.Read(form["reason"].ToString()) is not { } reason)
            return Problems.BadBody("reason", GivenReason.Cure);
        return Said(await desk.ProposeAsync(person, form["motion"].ToString() is { Length: > 0 } motion ? motion : null, Caller.Of(context).Id, reason, cancellationToken), "Proposed. Somebody else, with the role approver, has to agree.");
    }

    internal static async Task<IResult> ShowAsync(string id, OverrideStore store, RecordNames names, Actors actors, HttpContext context, CancellationToken cancellationToken)
    {
        if (!Queries.IsKey(id) || await store.FindAsync(id, cancellationToken) is not { Override: var one })
            return Problems.NotFound("override");
        var title = (await names.OfAsync([one.Person], cancellationToken)).GetValueOrDefault(one.Person)?.Title ?? one.Person.ToString();
        var signed = one.Before.Append(one.Proposed).Concat(one.Decided is { } decided ? [decided] : []).Select(signature => signature.By);
        return new PageResult(typeof(OverridePage), "Override", new OverrideModel(OverrideView.Of(one), title, Caller.Of(context).Id == one.Proposed.By) { People = await actors.OfAsync(signed, cancellationToken) }) { Section = "lifecycle" };
    }

    internal static Task<IResult> ApproveAsync(string id, HttpContext context, OverrideDesk desk, CancellationToken cancellationToken) =>
        DecideAsync(id, context, reason => desk.ApproveAsync(id, Caller.Of(context).Id, reason, cancellationToken), "Approved: the person begins the next cycle.");

    internal static Task<IResult> RejectAsync(string id, HttpContext context, OverrideDesk desk, CancellationToken cancellationToken) =>
        DecideAsync(id, context, reason => desk.RejectAsync(id, Caller.Of(context).Id, reason, cancellationToken), "Rejected: the person stays where they are.");

    private static async Task<IResult> DecideAsync(string id, HttpContext context, Func<string, Task<OverrideAnswer>> decide, string words)
    {
        if (!Queries.IsKey(id))
            return Problems.NotFound("override");
        return GivenReason.Read(context.Request.Form["reason"].ToString()) is { } reason ? Said(await decide(reason), words) : Problems.BadBody("reason", GivenReason.Cure);
    }

    private static IResult Said(OverrideAnswer answer, string words) => answer switch
    {
        OverrideAnswer.Done done => new SaidResult($"lifecycle/overrides/{done.Override.Id}", words),
        OverrideAnswer.Refused { Why: OverrideRefusal.NoPerson } => Problems.NotFound("record"),
        OverrideAnswer.Refused { Why: OverrideRefusal.Unknown } => Problems.NotFound("override"),
        OverrideAnswer.Refused refused => Problems.Conflict(refused.Code, "Nothing was overridden", refused.Message),
        _ => throw new System.Diagnostics.UnreachableException(),
    };
}

/// <summary>Somebody who is ruled out, and in which journeys.</summary>
/// <param name="Journeys">Motion, the stage they are in, and the one that opens the next cycle.</param>
public sealed record ProposeOverrideModel(RecordId Person, string Title, IReadOnlyList<(string Motion, string From, string To)> Journeys)
{
    public override string ToString() => $"override of {Person}";
}

/// <summary>An override and whose it is.</summary>
/// <param name="IsMine">Whoever looks proposed it, and cannot approve it.</param>
public sealed record OverrideModel(OverrideView Override, string Title, bool IsMine)
{
    /// <summary>What callers are called.</summary>
    public IReadOnlyDictionary<string, string> People { get; init; } = new Dictionary<string, string>();

    public string NameOf(string caller) => People.GetValueOrDefault(caller, caller);

    public override string ToString() => $"override {Override.Id}";
}
