using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using StackHub.Security;
using StackHub.Sync.Actions;
using StackHub.Sync.Conflicts;
using StackHub.Web.Errors;
using StackHub.Web.Paging;
using StackHub.Web.Records;
using StackHub.Web.Security;

namespace StackHub.Web.Conflicts;

/// <summary>What waits for a person's decision.</summary>
internal static class ConflictEndpoints
{
    private static ProblemResult BadId => Problems.BadParameter("id", "a conflict's id, as api/conflicts lists it");

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("conflicts", ListAsync).WithName("listConflicts").WithTags("Conflicts").Needs(Role.Viewer);
        api.MapPost("conflicts/{id}/merge", MergeAsync).WithName("mergeConflict").WithTags("Conflicts").Needs(Role.Operator, 404, 409, 422);
        api.MapPost("conflicts/{id}/close", CloseAsync).WithName("closeConflict").WithTags("Conflicts").Needs(Role.Operator, 404, 409, 422);
    }

    /// <summary>Conflicts: fights over fields, possible duplicates, and the like.</summary>
    /// <param name="state">open (unless told), closed or all.</param>
    internal static async Task<Results<Ok<Page<ConflictView>>, ProblemResult>> ListAsync(string? state, [AsParameters] PageQuery page, ConflictStore conflicts, Cursors cursors, CancellationToken cancellationToken)
    {
        if (state is not (null or "open" or "closed" or "all"))
            return Problems.BadParameter("state", "open, closed or all");
        var list = $"conflicts:{state ?? "open"}";
        var (place, take, problem) = cursors.Read(page, list);
        if (problem is not null)
            return problem;
        var (found, next) = await conflicts.ListAsync(place, take, cancellationToken);
        var wanted = found.Where(conflict => state == "all" || conflict.Open == (state != "closed"));
        return TypedResults.Ok(new Page<ConflictView>([.. wanted.Select(ConflictView.Of)], cursors.Write(next, list)));
    }

    /// <summary>The two records are one: merges them.</summary>
    /// <param name="id">The conflict's id.</param>
    internal static async Task<Results<NoContent, ProblemResult>> MergeAsync(string id, ConflictStore conflicts, OperatorActions actions, CancellationToken cancellationToken)
    {
        if (!Queries.IsKey(id))
            return BadId;
        if (await conflicts.GetAsync(id, cancellationToken) is not { } conflict)
            return Problems.NotFound("conflict");
        if (conflict.Other is null)
            return Problems.Conflict("no-pair", "The conflict is not about two records", "Close it instead.");
        return await actions.MergeAsync(id, cancellationToken)
            ? TypedResults.NoContent()
            : Problems.Conflict("cannot-merge", "The records cannot be merged", "Someone said before that they differ, or one of them is gone.");
    }

    /// <summary>Settles the conflict as it is: two records stay two, a frozen field is released.</summary>
    /// <param name="id">The conflict's id.</param>
    internal static async Task<Results<NoContent, ProblemResult>> CloseAsync(string id, OperatorActions actions, CancellationToken cancellationToken)
    {
        if (!Queries.IsKey(id))
            return BadId;
        return await actions.CloseAsync(id, cancellationToken) ? TypedResults.NoContent() : Problems.NotFound("conflict");
    }
}
