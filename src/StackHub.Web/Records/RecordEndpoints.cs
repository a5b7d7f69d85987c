using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using StackHub.Configuration;
using StackHub.Identity;
using StackHub.Records;
using StackHub.Security;
using StackHub.Sync.Explain;
using StackHub.Web.Errors;
using StackHub.Web.Paging;
using StackHub.Web.Security;

namespace StackHub.Web.Records;

/// <summary>Records and why they say what they say. Their values are personal data: nothing of it is kept by caches.</summary>
internal static class RecordEndpoints
{
    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("records", ListAsync).WithName("listRecords").WithTags("Records").Needs(Role.Viewer);
        api.MapGet("records/{id}", GetAsync).WithName("getRecord").WithTags("Records").Needs(Role.Viewer, 404);
        api.MapGet("records/{id}/links", LinksAsync).WithName("getRecordLinks").WithTags("Records").Needs(Role.Viewer, 404);
        api.MapGet("records/{id}/explain", ExplainIdAsync).WithName("explainRecord").WithTags("Records").Needs(Role.Viewer, 404);
        api.MapGet("explain", ExplainAsync).WithName("explain").WithTags("Records").Needs(Role.Viewer, 404);
    }

    /// <summary>Finds a record by what a person would type, or lists all records.</summary>
    /// <param name="q">A record's id, an e-mail address, a domain, or a vendor's record as "system/type/id"; absent lists all.</param>
    /// <param name="kind">Only records of this kind.</param>
    internal static async Task<Results<Ok<Page<RecordView>>, ProblemResult>> ListAsync(
        string? q, string? kind, [AsParameters] PageQuery page, RecordFinder finder, RecordStore records, RecordPages pages, Redirects redirects, HubModel model, Cursors cursors, CancellationToken cancellationToken)
    {
        if (!Queries.TryKind(kind, out var only))
            return Problems.BadParameter("kind", "person, account or opportunity");
        var list = $"records:{kind}";
        if (cursors.Read(page, list) is { Problem: { } problem })
            return problem;
        if (q is not null)
            return await FindAsync(q, only, finder, records, redirects, model, cancellationToken);
        var (place, take, _) = cursors.Read(page, list);
        var (items, next) = await pages.ReadAsync(only, place, take, cancellationToken);
        return TypedResults.Ok(new Page<RecordView>(items, cursors.Write(next, list)));
    }

    /// <summary>A record's canonical values and where it lives.</summary>
    /// <param name="id">The record's id.</param>
    internal static async Task<Results<Ok<RecordView>, ProblemResult>> GetAsync(string id, RecordStore records, Redirects redirects, HubModel model, CancellationToken cancellationToken)
    {
        var (record, problem) = await ReadAsync(id, records, redirects, cancellationToken);
        return record is null ? problem! : TypedResults.Ok(RecordView.Of(record, model, redirects.Follow));
    }

    /// <summary>A record's links: its presence in each system.</summary>
    /// <param name="id">The record's id.</param>
    internal static async Task<Results<Ok<Page<LinkView>>, ProblemResult>> LinksAsync(string id, RecordStore records, Redirects redirects, CancellationToken cancellationToken)
    {
        var (record, problem) = await ReadAsync(id, records, redirects, cancellationToken);
        return record is null ? problem! : TypedResults.Ok(new Page<LinkView>([.. record.Links.Select(LinkView.Of)], null));
    }

    /// <summary>Why each field of a record has its value: winner, losers, policy, and what each system holds.</summary>
    /// <param name="id">The record's id.</param>
    internal static async Task<Results<Ok<Explanation>, ProblemResult>> ExplainIdAsync(string id, RecordStore records, Redirects redirects, Explainer explainer, CancellationToken cancellationToken)
    {
        var (record, problem) = await ReadAsync(id, records, redirects, cancellationToken);
        return record is null ? problem! : TypedResults.Ok(explainer.Of(record));
    }

    /// <summary>The same as a record's explanation, found by what a person would type.</summary>
    /// <param name="q">A record's id, an e-mail address, a domain, or a vendor's record as "system/type/id".</param>
    internal static async Task<Results<Ok<Explanation>, ProblemResult>> ExplainAsync(string? q, Explainer explainer, CancellationToken cancellationToken)
    {
        if (Queries.Problem(q) is { } problem)
            return problem;
        return await explainer.ExplainAsync(q!, cancellationToken) is { } explanation ? TypedResults.Ok(explanation) : Problems.NotFound("record");
    }

    private static async Task<Results<Ok<Page<RecordView>>, ProblemResult>> FindAsync(
        string q, RecordKind? only, RecordFinder finder, RecordStore records, Redirects redirects, HubModel model, CancellationToken cancellationToken)
    {
        if (Queries.Problem(q) is { } problem)
            return problem;
        var found = await finder.FindAsync(q, cancellationToken) is { } id ? (await records.ReadAsync(id, cancellationToken))?.Record : null;
        return TypedResults.Ok(new Page<RecordView>(found is null || (only is not null && found.Kind != only) ? [] : [RecordView.Of(found, model, redirects.Follow)], null));
    }

    private static async Task<(HubRecord? Record, ProblemResult? Problem)> ReadAsync(string id, RecordStore records, Redirects redirects, CancellationToken cancellationToken)
    {
        if (Queries.Id(id) is not { } recordId)
            return (null, Queries.BadId);
        await redirects.EnsureFreshAsync(cancellationToken);
        return await records.ReadAsync(recordId, cancellationToken) is { } stored ? (stored.Record, null) : (null, Problems.NotFound("record"));
    }
}
