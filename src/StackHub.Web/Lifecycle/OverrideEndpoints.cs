using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using StackHub.Flows;
using StackHub.Lifecycle.Overrides;
using StackHub.Security;
using StackHub.Web.Errors;
using StackHub.Web.Paging;
using StackHub.Web.Privacy;
using StackHub.Web.Records;
using StackHub.Web.Security;

namespace StackHub.Web.Lifecycle;

/// <summary>Two people let somebody begin anew who was ruled out.</summary>
internal static class OverrideEndpoints
{
    private const int Most = 200;

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("lifecycle/overrides", ListAsync).WithName("listOverrides").WithTags("Lifecycle").Needs(Role.Viewer);
        api.MapPost("records/{id}/lifecycle/override", ProposeAsync).WithName("proposeOverride").WithTags("Lifecycle").Needs(Role.Operator, 404, 409, 413, 415, 422);
        api.MapPost("lifecycle/overrides/{id}/approve", ApproveAsync).WithName("approveOverride").WithTags("Lifecycle").Needs(Role.Approver, 404, 409, 413, 415, 422);
        api.MapPost("lifecycle/overrides/{id}/reject", RejectAsync).WithName("rejectOverride").WithTags("Lifecycle").Needs(Role.Approver, 404, 409, 413, 415, 422);
    }

    /// <summary>Overrides that were proposed, approved or rejected, with both reasons; at most two hundred.</summary>
    internal static async Task<Ok<Page<OverrideView>>> ListAsync(OverrideStore store, CancellationToken cancellationToken) =>
        TypedResults.Ok(new Page<OverrideView>([.. (await store.ListAsync(Most, cancellationToken)).Select(OverrideView.Of)], null));

    /// <summary>Proposes that a person begins anew before the reason they were ruled out for has expired. Somebody else has to approve it.</summary>
    /// <param name="id">The person's record id.</param>
    internal static async Task<Results<Ok<OverrideView>, ProblemResult>> ProposeAsync(string id, ProposeOverride body, HttpContext context, OverrideDesk desk, CancellationToken cancellationToken)
    {
        if (Queries.Id(id) is not { } person)
            return Queries.BadId;
        return GivenReason.Read(body.Reason) is { } reason
            ? Answer(await desk.ProposeAsync(person, body.Motion, Caller.Of(context).Id, reason, cancellationToken))
            : Problems.BadBody("reason", GivenReason.Cure);
    }

    /// <summary>Approves an override: never who proposed it. The person begins the next cycle.</summary>
    /// <param name="id">The override's id.</param>
    internal static Task<Results<Ok<OverrideView>, ProblemResult>> ApproveAsync(string id, ReasonBody body, HttpContext context, OverrideDesk desk, CancellationToken cancellationToken) =>
        DecideAsync(id, body, reason => desk.ApproveAsync(id, Caller.Of(context).Id, reason, cancellationToken));

    /// <summary>Rejects an override; it may be proposed again.</summary>
    /// <param name="id">The override's id.</param>
    internal static Task<Results<Ok<OverrideView>, ProblemResult>> RejectAsync(string id, ReasonBody body, HttpContext context, OverrideDesk desk, CancellationToken cancellationToken) =>
        DecideAsync(id, body, reason => desk.RejectAsync(id, Caller.Of(context).Id, reason, cancellationToken));

    private static async Task<Results<Ok<OverrideView>, ProblemResult>> DecideAsync(string id, ReasonBody body, Func<string, Task<OverrideAnswer>> decide)
    {
        if (!Queries.IsKey(id))
            return Problems.NotFound("override");
        return GivenReason.Read(body.Reason) is { } reason ? Answer(await decide(reason)) : Problems.BadBody("reason", GivenReason.Cure);
    }

    private static Results<Ok<OverrideView>, ProblemResult> Answer(OverrideAnswer answer) => answer switch
    {
        OverrideAnswer.Done done => TypedResults.Ok(OverrideView.Of(done.Override)),
        OverrideAnswer.Refused { Why: OverrideRefusal.NoPerson } => Problems.NotFound("record"),
        OverrideAnswer.Refused { Why: OverrideRefusal.Unknown } => Problems.NotFound("override"),
        OverrideAnswer.Refused refused => Problems.Conflict(refused.Code, "Nothing was overridden", refused.Message),
        _ => throw new System.Diagnostics.UnreachableException(),
    };
}
