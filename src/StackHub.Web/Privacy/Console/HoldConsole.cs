using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using StackHub.Configuration;
using StackHub.Privacy;
using StackHub.Privacy.Holds;
using StackHub.Security;
using StackHub.Web.Errors;
using StackHub.Web.Records;
using StackHub.Web.Security;
using StackHub.Web.Shell;

namespace StackHub.Web.Privacy.Console;

/// <summary>Legal holds: all of them, placing one on a person whoever asked for what, and lifting it.</summary>
internal static class HoldConsole
{
    public static void Map(IEndpointRouteBuilder console)
    {
        console.MapGet("holds", ListAsync).AllowsEither(Role.PrivacyOfficer, Role.Approver);
        console.MapPost("holds", PlaceAsync).Allows(Role.PrivacyOfficer);
        console.MapPost("holds/{id}/lift", LiftAsync).Allows(Role.PrivacyOfficer);
    }

    internal static async Task<IResult> ListAsync(HoldStore holds, PrivacyStore store, Actors actors, HubModel model, CancellationToken cancellationToken)
    {
        var rows = new List<HoldRow>();
        foreach (var hold in await holds.ListAsync(cancellationToken))
            rows.Add(new(hold, await store.WithAsync(hold.Aliases, cancellationToken)));
        var people = await actors.OfAsync(rows.SelectMany(row => new[] { row.Hold.PlacedBy, row.Hold.LiftedBy }).OfType<string>(), cancellationToken);
        return PageResult.Of<HoldsPage>("Legal holds", HoldsModel.Of(rows, people, model.Order, FormValues.NewKey()));
    }

    internal static async Task<IResult> PlaceAsync(HttpContext context, LegalHolds holds, HubModel model, CancellationToken cancellationToken)
    {
        var form = context.Request.Form;
        var who = new SubjectClaims { Emails = form.Lines("emails"), Phones = form.Lines("phones") };
        if (who.Problems(model.PhoneRegion).FirstOrDefault() is { } problem)
            return Problems.Refused(StatusCodes.Status400BadRequest, "bad-body", "Nobody is held by that", problem);
        if (form.Text("ground") is not { } ground)
            return Problems.BadBody("ground", "whose claim or which duty it is, without personal data");
        if (HoldForms.Scope(form["scope"].ToString(), model) is not { } scope)
            return Problems.BadBody("scope", "everything, or a configured system");
        await holds.PlaceAsync(form.Text("key") ?? FormValues.NewKey(), who, scope, ground, Caller.Of(context).Id, cancellationToken);
        return new SaidResult("holds", "The hold stands, in every request of the person.");
    }

    internal static async Task<IResult> LiftAsync(string id, HttpContext context, LegalHolds holds, CancellationToken cancellationToken)
    {
        if (!Queries.IsKey(id) || await holds.LiftAsync(id, Caller.Of(context).Id, cancellationToken) is null)
            return Problems.NotFound("hold");
        var back = RequestId.TryParse(context.Request.Form["request"]) is { } request ? PrivacyConsole.PathOf(request) : "holds";
        return new SaidResult(back, "Lifted: what it stopped goes on by itself.");
    }
}
