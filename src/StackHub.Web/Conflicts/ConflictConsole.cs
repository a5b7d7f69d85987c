using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using StackHub.Configuration;
using StackHub.Identity;
using StackHub.Records;
using StackHub.Security;
using StackHub.Sync.Actions;
using StackHub.Sync.Conflicts;
using StackHub.Web.Errors;
using StackHub.Web.Paging;
using StackHub.Web.Records;
using StackHub.Web.Shell;

namespace StackHub.Web.Conflicts;

/// <summary>The pages of what waits for a person's decision, and the decisions.</summary>
internal static class ConflictConsole
{
    public static void Map(IEndpointRouteBuilder console)
    {
        console.MapGet("conflicts", ListAsync).Allows(Role.Viewer);
        console.MapGet("conflicts/{id}", ShowAsync).Allows(Role.Viewer);
        console.MapPost("conflicts/merge", MergeAsync).Allows(Role.Operator);
        console.MapPost("conflicts/close", CloseAsync).Allows(Role.Operator);
    }

    internal static async Task<IResult> ListAsync(string? state, [AsParameters] PageQuery page, ConflictStore conflicts, RecordNames names, Cursors cursors, CancellationToken cancellationToken)
    {
        if (state is not (null or "open" or "closed" or "all"))
            return Problems.BadParameter("state", "open, closed or all");
        var list = $"console-conflicts:{state ?? "open"}";
        var (place, take, problem) = cursors.Read(page, list);
        if (problem is not null)
            return problem;
        var (found, next) = await conflicts.ListAsync(place, take, cancellationToken);
        var wanted = found.Where(conflict => state == "all" || conflict.Open == (state != "closed")).Select(ConflictView.Of).ToArray();
        var known = await names.OfAsync(wanted.SelectMany(conflict => (RecordId?[])[conflict.Record, conflict.Other]).OfType<RecordId>(), cancellationToken);
        return PageResult.Of<ConflictsPage>("Conflicts", new ConflictsModel(state ?? "open", wanted, known, cursors.Write(next, list), place is not null));
    }

    internal static async Task<IResult> ShowAsync(string id, ConflictStore conflicts, RecordStore records, RecordNames names, Redirects redirects, HubModel model, CancellationToken cancellationToken)
    {
        if (!Queries.IsKey(id) || await conflicts.GetAsync(id, cancellationToken) is not { } conflict)
            return Problems.NotFound("conflict");
        var one = await ReadAsync(conflict.Record);
        var other = conflict.Other is { } pair ? await ReadAsync(pair) : null;
        var referred = new[] { one, other }.OfType<RecordView>().SelectMany(view => view.Values.Values).SelectMany(ShownValue.Ids);
        return PageResult.Of<ConflictPage>(ConflictWords.Title(conflict.Kind), ConflictModel.Of(ConflictView.Of(conflict), one, other, await names.OfAsync(referred, cancellationToken)));

        async Task<RecordView?> ReadAsync(RecordId record) => await records.ReadAsync(record, cancellationToken) is { } stored ? RecordView.Of(stored.Record, model, redirects.Follow) : null;
    }

    internal static async Task<IResult> MergeAsync(HttpContext context, OperatorActions actions, CancellationToken cancellationToken) =>
        Id(context) is { } id && await actions.MergeAsync(id, cancellationToken)
            ? new SaidResult("conflicts", "Merged into one record; the tools are brought in line now. Undo it from the record's page.")
            : Problems.Conflict("cannot-merge", "The records cannot be merged", "Someone said before that they differ, or one of them is gone.");

    internal static async Task<IResult> CloseAsync(HttpContext context, OperatorActions actions, CancellationToken cancellationToken) =>
        Id(context) is { } id && await actions.CloseAsync(id, cancellationToken)
            ? new SaidResult("conflicts", "Settled and closed.")
            : Problems.NotFound("conflict");

    private static string? Id(HttpContext context) => context.Request.Form["id"].ToString() is var id && Queries.IsKey(id) ? id : null;
}
