using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using StackHub.Identity.Matching;
using StackHub.Security;
using StackHub.Sync.Actions;
using StackHub.Web.Errors;
using StackHub.Web.Paging;
using StackHub.Web.Records;
using StackHub.Web.Security;

namespace StackHub.Web.Merges;

/// <summary>Merges that were made, and taking them back.</summary>
internal static class MergeEndpoints
{
    private const string List = "merges";

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("merges", ListAsync).WithName("listMerges").WithTags("Merges").Needs(Role.Viewer);
        api.MapPost("merges/{id}/undo", UndoAsync).WithName("undoMerge").WithTags("Merges").Needs(Role.Operator, 404, 409, 422);
    }

    /// <summary>Merges, by the id of the record that lives on in another.</summary>
    internal static async Task<Results<Ok<Page<MergeEntry>>, ProblemResult>> ListAsync([AsParameters] PageQuery page, RecordMerger merger, Cursors cursors, CancellationToken cancellationToken)
    {
        var (place, take, problem) = cursors.Read(page, List);
        if (problem is not null)
            return problem;
        var (merges, next) = await merger.ListAsync(place, take, cancellationToken);
        return TypedResults.Ok(new Page<MergeEntry>(merges, cursors.Write(next, List)));
    }

    /// <summary>Takes a merge back: both records are then written out as what they are, and are never merged again on their own.</summary>
    /// <param name="id">The id of the record that was merged away (the merge's loser).</param>
    internal static async Task<Results<NoContent, ProblemResult>> UndoAsync(string id, OperatorActions actions, CancellationToken cancellationToken)
    {
        if (Queries.Id(id) is not { } loser)
            return Queries.BadId;
        return await actions.UndoMergeAsync(loser, cancellationToken) ? TypedResults.NoContent() : Problems.NotFound("merge");
    }
}
