using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using StackHub.Configuration;
using StackHub.Records;
using StackHub.Security;
using StackHub.Web.Errors;
using StackHub.Web.Paging;
using StackHub.Web.Shell;

namespace StackHub.Web.Records;

/// <summary>Lists of records, the search, and the page of one.</summary>
internal static class RecordConsole
{
    private const string SearchCursor = "console-search";

    public static void MapPeople(IEndpointRouteBuilder console)
    {
        console.MapGet("people", ([AsParameters] PageQuery page, RecordPages pages, HubModel model, Cursors cursors, CancellationToken cancellationToken) => ListAsync(RecordKind.Person, page, pages, model, cursors, cancellationToken)).Allows(Role.Viewer);
        console.MapPost("search", SearchAsync).Allows(Role.Viewer);
        console.MapGet("records/{id}", ShowAsync).Allows(Role.Viewer);
    }

    public static void MapAccounts(IEndpointRouteBuilder console) =>
        console.MapGet("accounts", ([AsParameters] PageQuery page, RecordPages pages, HubModel model, Cursors cursors, CancellationToken cancellationToken) => ListAsync(RecordKind.Account, page, pages, model, cursors, cancellationToken)).Allows(Role.Viewer);

    public static void MapOpportunities(IEndpointRouteBuilder console) =>
        console.MapGet("opportunities", ([AsParameters] PageQuery page, RecordPages pages, HubModel model, Cursors cursors, CancellationToken cancellationToken) => ListAsync(RecordKind.Opportunity, page, pages, model, cursors, cancellationToken)).Allows(Role.Viewer);

    /// <summary>Exactly one found by its key is shown at its own address, which holds its id only.</summary>
    internal static async Task<IResult> SearchAsync(HttpContext context, RecordSearch search, Cursors cursors, CancellationToken cancellationToken)
    {
        var query = context.Request.Form["q"].ToString().Trim();
        var cursor = context.Request.Form["cursor"].ToString();
        if (Queries.Problem(query) is not null)
            return Page(new(query, [], 0, null, "Type an e-mail address, a domain, a name, a record's id, or a tool's record as system/type/id."));
        if (cursor.Length == 0 && await search.FindAsync(query, cancellationToken) is { } id)
            return new SaidResult($"records/{id}", null);
        var (place, _, problem) = cursors.Read(new(cursor.Length == 0 ? null : cursor, null), SearchCursor);
        if (problem is not null)
            return problem;
        var part = await search.LookAsync(query, place, cancellationToken);
        return Page(new(query, part.Found, part.Looked, cursors.Write(part.Next, SearchCursor), null));

        static PageResult Page(SearchModel model) => PageResult.Of<SearchPage>("Search", model);
    }

    internal static async Task<IResult> ShowAsync(string id, RecordLoader loader, CancellationToken cancellationToken)
    {
        if (Queries.Id(id) is not { } record || await loader.LoadAsync(record, cancellationToken) is not { } loaded)
            return Problems.NotFound("record");
        // A browser keeps titles in its history: no personal data there.
        return new PageResult(typeof(RecordPage), $"{loaded.Name.Kind} {record.ToString()[^8..]}", RecordModel.Of(loaded)) { Section = Names.SectionOf(loaded.Name.Kind) };
    }

    private static async Task<IResult> ListAsync(RecordKind kind, PageQuery page, RecordPages pages, HubModel model, Cursors cursors, CancellationToken cancellationToken)
    {
        var list = $"console-records:{kind}";
        var (place, take, problem) = cursors.Read(page, list);
        if (problem is not null)
            return problem;
        var (items, next) = await pages.ReadAsync(kind, place, take, cancellationToken);
        return PageResult.Of<RecordListPage>(Names.Of(Names.SectionOf(kind)), RecordListModel.Of(kind, model, items, cursors.Write(next, list), place is not null));
    }
}
