using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using StackHub.Configuration;
using StackHub.Identity;
using StackHub.Privacy;
using StackHub.Privacy.Consent;
using StackHub.Privacy.Tombstones;
using StackHub.Records;
using StackHub.Security;
using StackHub.Web.Errors;
using StackHub.Web.Records;
using StackHub.Web.Security;
using StackHub.Web.Shell;

namespace StackHub.Web.Privacy.Console;

/// <summary>What people agreed to and refused, and recording what somebody says.</summary>
internal static class ConsentConsole
{
    public static void Map(IEndpointRouteBuilder console)
    {
        console.MapGet("consent", Show).AllowsEither(Role.PrivacyOfficer, Role.Approver);
        console.MapPost("consent/find", FindAsync).AllowsEither(Role.PrivacyOfficer, Role.Approver);
        console.MapGet("consent/{id}", PersonAsync).AllowsEither(Role.PrivacyOfficer, Role.Approver);
        console.MapPost("consent/{id}", RecordAsync).Allows(Role.PrivacyOfficer);
        console.MapPost("consent/{id}/lift", LiftAsync).Allows(Role.PrivacyOfficer);
        console.MapPost("consent/return", ReturnAsync).Allows(Role.PrivacyOfficer);
    }

    internal static IResult Show(HubModel model) => PageResult.Of<ConsentPage>("Consent", new ConsentHomeModel(model.Purposes));

    /// <summary>By address, so by POST: it stands in no address and no log.</summary>
    internal static async Task<IResult> FindAsync(HttpContext context, RecordFinder finder, CancellationToken cancellationToken)
    {
        if (context.Request.Form.Text("q") is not { } query)
            return Problems.BadBody("q", "an e-mail address, a record's id, or system/type/id");
        return await finder.FindAsync(query, cancellationToken) is { } person ? new SaidResult($"consent/{person}", null) : Problems.NotFound("person");
    }

    internal static async Task<IResult> PersonAsync(string id, RecordStore records, ConsentLedger ledger, RecordNames names, HubModel model, CancellationToken cancellationToken)
    {
        if (Queries.Id(id) is not { } person || await records.ReadAsync(person, cancellationToken) is not { Record: { Kind: RecordKind.Person } record })
            return Problems.NotFound("person");
        return PageResult.Of<PersonConsentPage>("Consent of a person", PersonConsentModel.Of(record, names.Of(record), await ledger.OfAsync(record, cancellationToken), model.Purposes, model.Privacy.AskAgainMonths));
    }

    internal static async Task<IResult> LiftAsync(string id, HttpContext context, RecordStore records, LiftRestriction lift, CancellationToken cancellationToken)
    {
        if (Queries.Id(id) is not { } person || await records.ReadAsync(person, cancellationToken) is not { Record: { Kind: RecordKind.Person } record })
            return Problems.NotFound("person");
        if (context.Request.Form.Moment("told") is not { } toldAt)
            return Problems.BadBody("told", "the date and time, in UTC, at which the person was told");
        return await lift.HandleAsync(record.Id, toldAt, Caller.Of(context).Id, cancellationToken)
            ? new SaidResult($"consent/{record.Id}", "The restriction is lifted: their data is synced and used again in a moment.")
            : Problems.Conflict("not-told", "The person was not told yet", "A restriction is lifted after the person was told, not before (Art. 18(3) GDPR).");
    }

    /// <summary>By what they named themselves, so by POST.</summary>
    internal static async Task<IResult> ReturnAsync(HttpContext context, LiftTombstone lift, HubModel model, TimeProvider time, CancellationToken cancellationToken)
    {
        var form = context.Request.Form;
        var who = new SubjectClaims { Emails = form.Lines("emails"), Phones = form.Lines("phones") };
        if (who.Problems(model.PhoneRegion).ToArray() is { Length: > 0 } problems)
            return Problems.Refused(StatusCodes.Status400BadRequest, "bad-body", "It cannot be used like this", string.Join(' ', problems));
        if (form.Text("basis") is not { } basis || form.Text("source") is not { } source || form.Text("proof-of") is not { } proof)
            return Problems.BadBody("proof-of", "where the new consent can be looked up, with its ground and where it was given");
        return await lift.HandleAsync(who, new(form.Moment("at") ?? time.GetUtcNow(), basis, source, proof), Caller.Of(context).Id, cancellationToken)
            ? new SaidResult("consent", "They may come back by what was named. What was erased stays erased.")
            : Problems.Conflict("nothing-lifted", "Nothing was lifted", "Nobody is kept away by what was named, or the consent is not newer than the erasure, or that is not over.");
    }

    internal static async Task<IResult> RecordAsync(string id, HttpContext context, RecordStore records, RecordConsent consent, TimeProvider time, CancellationToken cancellationToken)
    {
        var form = context.Request.Form;
        if (Queries.Id(id) is not { } person || await records.ReadAsync(person, cancellationToken) is not { Record.Kind: RecordKind.Person })
            return Problems.NotFound("person");
        if (!Enum.TryParse<ConsentBasis>(form["basis"], out var basis) || !PersonConsentModel.Bases.Contains(basis))
            return Problems.BadBody("basis", "what was said, from the list");
        if (form["at"].ToString().Length > 0 && form.Moment("at") is null)
            return Problems.BadBody("at", "a date and time in UTC, or nothing for now");
        var said = new ConsentStatement(form["purpose"].ToString(), basis == ConsentBasis.Consent, basis, form.Moment("at") ?? time.GetUtcNow()) { Proof = form.Text("shown") };
        return await consent.RecordAsync(new() { Person = person }, [said], cancellationToken) switch
        {
            ConsentAnswer.Recorded { New: 0 } => new SaidResult($"consent/{person}", "That was known already."),
            ConsentAnswer.Recorded => new SaidResult($"consent/{person}", "Recorded. It is carried to every system now; the standing below follows in a moment."),
            ConsentAnswer.Refused refused => Problems.Refused(StatusCodes.Status400BadRequest, "not-recorded", "It cannot be recorded", $"{char.ToUpperInvariant(refused.Reason[0])}{refused.Reason[1..]}."),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }
}
