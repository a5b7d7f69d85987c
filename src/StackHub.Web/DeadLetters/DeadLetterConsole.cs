using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using StackHub.Records;
using StackHub.Security;
using StackHub.Sync.Actions;
using StackHub.Sync.DeadLetters;
using StackHub.Web.Paging;
using StackHub.Web.Records;
using StackHub.Web.Shell;

namespace StackHub.Web.DeadLetters;

/// <summary>The page of dead letters, and replaying them.</summary>
internal static class DeadLetterConsole
{
    private const string List = "console-dead-letters";

    public static void Map(IEndpointRouteBuilder console)
    {
        console.MapGet("dead-letters", ListAsync).Allows(Role.Viewer);
        console.MapPost("dead-letters/replay", ReplayAsync).Allows(Role.Operator);
    }

    internal static async Task<IResult> ListAsync([AsParameters] PageQuery page, DeadLetterStore letters, RecordNames names, Cursors cursors, CancellationToken cancellationToken)
    {
        var (place, take, problem) = cursors.Read(page, List);
        if (problem is not null)
            return problem;
        var (found, next) = await letters.ListAsync(place, take, cancellationToken);
        var known = await names.OfAsync(found.Select(letter => letter.Record).OfType<RecordId>(), cancellationToken);
        return PageResult.Of<DeadLettersPage>("Dead letters", new DeadLettersModel([.. found.Select(DeadLetterView.Of)], known, cursors.Write(next, List), place is not null));
    }

    internal static async Task<IResult> ReplayAsync(HttpContext context, OperatorActions actions, CancellationToken cancellationToken)
    {
        var (replayed, gone) = (0, 0);
        foreach (var id in context.Request.Form["id"].OfType<string>().Where(Queries.IsKey).Take(Cursors.MaxTake))
            _ = await actions.ReplayAsync(id, cancellationToken) ? replayed++ : gone++;
        return new SaidResult("dead-letters", $"{Names.Count(replayed, "dead letter")} tried again{(gone > 0 ? $"; {gone} were gone already" : "")}. What fails again comes back here.");
    }
}
