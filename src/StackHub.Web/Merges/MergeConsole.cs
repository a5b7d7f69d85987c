using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using StackHub.Identity.Matching;
using StackHub.Records;
using StackHub.Security;
using StackHub.Sync.Actions;
using StackHub.Web.Errors;
using StackHub.Web.Paging;
using StackHub.Web.Records;
using StackHub.Web.Shell;

namespace StackHub.Web.Merges;

/// <summary>The page of merges, and taking one back.</summary>
internal static class MergeConsole
{
    private const string List = "console-merges";

    public static void Map(IEndpointRouteBuilder console)
    {
        console.MapGet("merges", ListAsync).Allows(Role.Viewer);
        console.MapGet("merges/{id}/undo", AskAsync).Allows(Role.Operator);
        console.MapPost("merges/{id}/undo", UndoAsync).Allows(Role.Operator);
    }

    internal static async Task<IResult> ListAsync([AsParameters] PageQuery page, RecordMerger merger, RecordNames names, Cursors cursors, CancellationToken cancellationToken)
    {
        var (place, take, problem) = cursors.Read(page, List);
        if (problem is not null)
            return problem;
        var (merges, next) = await merger.ListAsync(place, take, cancellationToken);
        var known = await names.OfAsync(merges.SelectMany(merge => new[] { merge.Loser, merge.Survivor }), cancellationToken);
        return PageResult.Of<MergesPage>("Merges", new MergesModel(merges, known, cursors.Write(next, List), place is not null));
    }

    internal static async Task<IResult> AskAsync(string id, RecordMerger merger, RecordNames names, CancellationToken cancellationToken)
    {
        if (Queries.Id(id) is not { } loser || await merger.FindAsync(loser, cancellationToken) is not { UndoneAt: null } merge)
            return Problems.NotFound("merge");
        var known = await names.OfAsync([merge.Loser, merge.Survivor], cancellationToken);
        return PageResult.Of<ConfirmPage>("Undo a merge", new ConfirmModel(
            "Undo this merge?",
            [
                $"{Title(merge.Loser)} and {Title(merge.Survivor)} become two records again, with all that was learned since.",
                "Both are then written to the tools as what they are. They are never merged again by the hub itself.",
            ],
            $"merges/{loser}/undo", "Undo the merge", $"records/{merge.Survivor}")
        {
            Facts = [new("Merged because", merge.Reason), new("Goes back", merge.Links.Count == 0 ? "nothing" : string.Join(", ", merge.Links))],
        });

        string Title(RecordId record) => known.GetValueOrDefault(record)?.Title ?? record.ToString();
    }

    internal static async Task<IResult> UndoAsync(string id, OperatorActions actions, CancellationToken cancellationToken)
    {
        if (Queries.Id(id) is not { } loser || !await actions.UndoMergeAsync(loser, cancellationToken))
            return Problems.NotFound("merge");
        return new SaidResult($"records/{loser}", "The merge is undone: this record is its own again.");
    }
}
