using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using StackHub.Configuration;
using StackHub.Permissions;
using StackHub.Privacy.Consent;
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
