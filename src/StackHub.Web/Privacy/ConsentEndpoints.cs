using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using StackHub.Configuration;
using StackHub.Permissions;
using StackHub.Privacy;
using StackHub.Privacy.Consent;
using StackHub.Privacy.Tombstones;
using StackHub.Records;
using StackHub.Security;
using StackHub.Web.Errors;
using StackHub.Web.Records;
using StackHub.Web.Security;

namespace StackHub.Web.Privacy;

/// <summary>What people allow and refuse.</summary>
internal static class ConsentEndpoints
{
    private const string Tag = "Consent";

    public static void Map(IEndpointRouteBuilder privacy)
    {
        privacy.MapPost("consent", RecordAsync).WithName("recordConsent").WithTags(Tag).Needs(Role.PrivacyOfficer, 409, 413, 415, 422);
        privacy.MapPost("consent/signal", SignalAsync).WithName("recordPrivacySignal").WithTags(Tag).Needs(Role.PrivacyOfficer, 409, 413, 415, 422);
        privacy.MapPost("consent/{id}/restriction/lift", LiftAsync).WithName("liftRestriction").WithTags(Tag).Needs(Role.PrivacyOfficer, 404, 409, 413, 415, 422);
        privacy.MapPost("returns", ReturnAsync).WithName("letReturn").WithTags(Tag).Needs(Role.PrivacyOfficer, 409, 413, 415, 422);
        privacy.MapGet("consent/{id}", GetAsync).WithName("getConsent").WithTags(Tag).Needs(Role.PrivacyOfficer, 404);
    }

    /// <summary>Records what somebody said about purposes; the same told twice is one event. From the record it goes to every system.</summary>
    internal static async Task<Results<Ok<ConsentRecorded>, ProblemResult>> RecordAsync(ConsentBody body, RecordConsent consent, TimeProvider time, CancellationToken cancellationToken)
    {
        if (body.Person is not null && Queries.Id(body.Person) is null)
            return Problems.BadBody("person", "a hub record's id: 32 hexadecimal digits");
        if (body.Statements is not { Count: > 0 })
            return Problems.BadBody("statements", "at least one statement about a purpose");
        var statements = new List<ConsentStatement>();
        foreach (var said in body.Statements)
            if (Basis(said) is { } basis && said.Purpose is { } purpose)
                statements.Add(new(purpose, said.OptIn, basis, said.At ?? time.GetUtcNow()) { Source = said.Source ?? ConsentMark.Person, Channel = said.Channel, Proof = said.Proof });
            else
                return Problems.BadBody("statements", "statements with a 'purpose', 'optIn' and a 'basis' of consent, withdrawal, objection or sale-opt-out");
        return await consent.RecordAsync(Speaker(body.Person, body.Email, body.Browser), statements, cancellationToken) switch
        {
            ConsentAnswer.Recorded recorded => TypedResults.Ok(new ConsentRecorded(recorded.New)),
            ConsentAnswer.Refused refused => Problems.Refused(400, "bad-consent", "The statement cannot be taken", $"{char.ToUpperInvariant(refused.Reason[0])}{refused.Reason[1..]}."),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }

    /// <summary>A browser's Global Privacy Control: an opt-out of sale for the browser and whoever is known to use it. What is no signal takes nothing back.</summary>
    internal static async Task<Results<Ok<SignalView>, ProblemResult>> SignalAsync(SignalBody body, RecordConsent consent, TimeProvider time, CancellationToken cancellationToken)
    {
        if (body.Person is not null && Queries.Id(body.Person) is null)
            return Problems.BadBody("person", "a hub record's id: 32 hexadecimal digits");
        if (body is { Person: null, Email: null, Browser: null })
            return Problems.BadBody("browser", "what your site calls the browser, or 'person' or 'email' of who is signed in");
        var receipt = await consent.SignalAsync(Speaker(body.Person, body.Email, body.Browser), body.Signal, time.GetUtcNow(), cancellationToken);
        return TypedResults.Ok(new SignalView(receipt is not null, receipt?.Confirmation, receipt?.DueBy));
    }

    /// <summary>What a person allowed and refused, and every event behind it.</summary>
    /// <param name="id">The record's id.</param>
    internal static async Task<Results<Ok<ConsentView>, ProblemResult>> GetAsync(string id, RecordStore records, ConsentLedger ledger, HubModel model, CancellationToken cancellationToken)
    {
        if (Queries.Id(id) is not { } person)
            return Queries.BadId;
        return await records.ReadAsync(person, cancellationToken) is { Record: { Kind: RecordKind.Person } record }
            ? TypedResults.Ok(ConsentView.Of(record, await ledger.OfAsync(record, cancellationToken), model))
            : Problems.NotFound("record");
    }

    /// <summary>Ends the restriction of a person's data; they have to be told before.</summary>
    /// <param name="id">The record's id.</param>
    internal static async Task<Results<NoContent, ProblemResult>> LiftAsync(string id, LiftBody body, HttpContext context, RecordStore records, LiftRestriction lift, CancellationToken cancellationToken)
    {
        if (Queries.Id(id) is not { } person)
            return Queries.BadId;
        if (body.ToldAt is not { } toldAt)
            return Problems.BadBody("toldAt", "when the person was told that the restriction will be lifted");
        if (await records.ReadAsync(person, cancellationToken) is not { Record: { Kind: RecordKind.Person } record })
            return Problems.NotFound("record");
        return await lift.HandleAsync(record.Id, toldAt, Caller.Of(context).Id, cancellationToken)
            ? TypedResults.NoContent()
            : Problems.Conflict("not-told", "The person was not told yet", "A restriction is lifted after the person was told, not before (Art. 18(3) GDPR).");
    }

    /// <summary>Somebody who was erased consented anew: what they name themselves now is let in again. What was erased stays erased.</summary>
    internal static async Task<Results<NoContent, ProblemResult>> ReturnAsync(ReturnBody body, HttpContext context, LiftTombstone lift, HubModel model, TimeProvider time, CancellationToken cancellationToken)
    {
        var who = new SubjectClaims { Emails = body.Emails ?? [], Phones = body.Phones ?? [] };
        if (who.Problems(model.PhoneRegion).ToArray() is { Length: > 0 } problems)
            return Problems.Refused(400, "bad-body", "The body cannot be used", string.Join(' ', problems));
        if (string.IsNullOrWhiteSpace(body.Basis) || string.IsNullOrWhiteSpace(body.Proof) || string.IsNullOrWhiteSpace(body.Source))
            return Problems.BadBody("proof", "where the new consent can be looked up, with its 'basis' and 'source'");
        return await lift.HandleAsync(who, new(body.At ?? time.GetUtcNow(), body.Basis, body.Source, body.Proof), Caller.Of(context).Id, cancellationToken)
            ? TypedResults.NoContent()
            : Problems.Conflict("nothing-lifted", "Nothing was lifted", "Nobody is kept away by what was named, or the consent is not newer than the erasure, or that is not over.");
    }

    private static ConsentSpeaker Speaker(string? person, string? email, string? browser) => new() { Person = person is null ? null : Queries.Id(person), Email = email, Browser = browser };

    private static ConsentBasis? Basis(StatementBody said) => said.Basis switch
    {
        null => said.OptIn ? ConsentBasis.Consent : ConsentBasis.Withdrawal,
        "consent" => ConsentBasis.Consent,
        "withdrawal" => ConsentBasis.Withdrawal,
        "objection" => ConsentBasis.Objection,
        "sale-opt-out" => ConsentBasis.SaleOptOut,
        _ => null,
    };
}
