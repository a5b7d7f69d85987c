using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using StackHub.Security;
using StackHub.Sync.Actions;
using StackHub.Sync.DeadLetters;
using StackHub.Web.Errors;
using StackHub.Web.Paging;
using StackHub.Web.Records;
using StackHub.Web.Security;

namespace StackHub.Web.DeadLetters;

/// <summary>What was refused for good, and trying it again.</summary>
internal static class DeadLetterEndpoints
{
    private const string List = "dead-letters";

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("dead-letters", ListAsync).WithName("listDeadLetters").WithTags("Dead letters").Needs(Role.Viewer);
        api.MapPost("dead-letters/{id}/replay", ReplayAsync).WithName("replayDeadLetter").WithTags("Dead letters").Needs(Role.Operator, 404, 409, 422);
    }

    /// <summary>Dead letters, oldest first.</summary>
    internal static async Task<Results<Ok<Page<DeadLetterView>>, ProblemResult>> ListAsync([AsParameters] PageQuery page, DeadLetterStore letters, Cursors cursors, CancellationToken cancellationToken)
    {
        var (place, take, problem) = cursors.Read(page, List);
        if (problem is not null)
            return problem;
        var (found, next) = await letters.ListAsync(place, take, cancellationToken);
        return TypedResults.Ok(new Page<DeadLetterView>([.. found.Select(DeadLetterView.Of)], cursors.Write(next, List)));
    }

    /// <summary>Tries a dead letter again.</summary>
    /// <param name="id">The dead letter's id.</param>
    internal static async Task<Results<NoContent, ProblemResult>> ReplayAsync(string id, OperatorActions actions, CancellationToken cancellationToken)
    {
        if (!Queries.IsKey(id))
            return Problems.BadParameter("id", "a dead letter's id, as api/dead-letters lists it");
        return await actions.ReplayAsync(id, cancellationToken) ? TypedResults.NoContent() : Problems.NotFound("dead-letter");
    }
}
