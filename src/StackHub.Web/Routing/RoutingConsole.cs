using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using StackHub.Configuration;
using StackHub.Flows;
using StackHub.Identity;
using StackHub.Records;
using StackHub.Routing;
using StackHub.Routing.Board;
using StackHub.Routing.Flow;
using StackHub.Routing.Ledger;
using StackHub.Routing.Previews;
using StackHub.Security;
using StackHub.Web.Errors;
using StackHub.Web.Records;
using StackHub.Web.Routing.Policy;
using StackHub.Web.Routing.Simulating;
using StackHub.Web.Security;
using StackHub.Web.Shell;

namespace StackHub.Web.Routing;

/// <summary>The page of who gets which lead.</summary>
internal static class RoutingConsole
{
    private const int Latest = 25;

    public static void Map(IEndpointRouteBuilder console)
    {
        console.MapGet("routing", ShowAsync).Allows(Role.Viewer);
        RuleSetConsole.Map(console);
        SimulationConsole.Map(console);
        console.MapGet("routing/leads/{id}/move", AskAsync).Allows(Role.Operator);
        console.MapPost("routing/leads/{id}/move", MoveAsync).Allows(Role.Operator);
        console.MapGet("routing/leads/{id}/what-if", WhatIfAsync).Allows(Role.Viewer);
    }

    internal static async Task<IResult> ShowAsync(HubModel model, RoutingBoard board, RecordNames names, CancellationToken cancellationToken)
    {
        if (model.Routing is not { } plan)
            return PageResult.Of<RoutingPage>("Routing", new RoutingModel(null, [], new Dictionary<RecordId, RecordName>()));
        var view = RoutingView.Of(plan, await board.PoolsAsync(plan, cancellationToken));
        var recent = await board.RecentAsync(plan, Latest, cancellationToken);
        var known = await names.OfAsync(recent.Select(entry => entry.Lead).Concat(view.Pools.SelectMany(pool => pool.Held)), cancellationToken);
        return PageResult.Of<RoutingPage>("Routing", new RoutingModel(view, [.. recent.Select(DecisionView.Of)], known) { Set = RuleSetModel.Of(plan) });
    }

    internal static async Task<IResult> AskAsync(string id, HubModel model, RoutingLedger ledger, RecordNames names, Redirects redirects, CancellationToken cancellationToken)
    {
        if (Queries.Id(id) is not { } record || model.Routing is not { } plan)
            return Problems.NotFound("lead");
        await redirects.EnsureFreshAsync(cancellationToken);
        var lead = redirects.Follow(record);
        if ((await names.OfAsync([lead], cancellationToken)).GetValueOrDefault(lead) is not { Kind: RecordKind.Person } name)
            return Problems.NotFound("lead");
        var (attempt, last) = await ledger.LastAsync(lead, cancellationToken);
        var owners = plan.Owners.Values.Where(owner => owner is { IsActive: true, IsQueue: false } && owner.Id.Name != last?.Entry.Owner).Select(owner => owner.Id.Name).Order(StringComparer.Ordinal);
        return new PageResult(typeof(MoveLeadPage), "Move a lead", new MoveLeadModel(name, attempt, last is null ? null : DecisionView.Of(last.Entry), [.. owners])) { Section = "routing" };
    }

    internal static async Task<IResult> MoveAsync(string id, HttpContext context, OrderDesk desk, CancellationToken cancellationToken)
    {
        var form = context.Request.Form;
        if (Queries.Id(id) is not { } lead)
            return Problems.NotFound("lead");
        if (GivenReason.Read(form["reason"].ToString()) is not { } reason)
            return Problems.BadBody("reason", GivenReason.Cure);
        var order = new RoutingOrder(Caller.Of(context).Id, reason, form["owner"].ToString() is { Length: > 0 } owner ? new OwnerId(owner) : null);
        return await desk.MoveAsync(lead, order, int.TryParse(form["attempt"], CultureInfo.InvariantCulture, out var attempt) ? attempt : null, cancellationToken) switch
        {
            OrderAnswer.Done { Last.Owner: { } to } => new SaidResult($"records/{lead}", $"The lead is {to}'s now; the tools are told."),
            OrderAnswer.Done => new SaidResult($"records/{lead}", "The lead was taken from its owner and waits for the next."),
            OrderAnswer.Refused { Why: OrderRefusal.NoRouting or OrderRefusal.NoPerson } => Problems.NotFound("lead"),
            OrderAnswer.Refused refused => Problems.Conflict(refused.Code, "The lead was not moved", refused.Message),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }

    internal static async Task<IResult> WhatIfAsync(string id, string? @for, HubModel model, LeadPreview preview, RecordNames names, CancellationToken cancellationToken)
    {
        if (Queries.Id(id) is not { } lead || model.Routing is not { } plan || (await names.OfAsync([lead], cancellationToken)).GetValueOrDefault(lead) is not { Kind: RecordKind.Person } name)
            return Problems.NotFound("lead");
        if (WhatIfTarget.Parse(@for) is not { } target || !target.IsIn(plan))
            return Problems.BadParameter("for", "an owner or a pool of the rules");
        return await preview.AskAsync(lead, target, cancellationToken) is { } answer
            ? new PageResult(typeof(WhatIfPage), "What would have to change", new WhatIfModel(name, WhatIfView.Of(lead, answer))) { Section = "routing" }
            : Problems.NotFound("lead");
    }
}
