using StackHub.Privacy;
using StackHub.Privacy.Clocks;
using StackHub.Privacy.Metrics;
using StackHub.Privacy.Tasks;

namespace StackHub.Web.Privacy;

/// <summary>The numbers of requests that were filed, in the order of their kinds.</summary>
public sealed record SubmittedView(IReadOnlyList<string> Requests);

/// <summary>What California asks to be published of a year (11 CCR 7102).</summary>
public sealed record CcpaView(int Year, IReadOnlyList<CcpaFigureView> Figures)
{
    public static CcpaView Of(int year, IEnumerable<RequestOutcome> outcomes) => new(year, [.. CcpaMetrics.Of(outcomes, year).Select(figure =>
        new CcpaFigureView(PrivacyRequestKinds.Of(figure.Kind), figure.Received, figure.Complied, figure.Denied, figure.Open, figure.MedianDays))]);
}

/// <param name="Complied">In whole or in part.</param>
/// <param name="MedianDays">Within which an answer came; absent when none did.</param>
public sealed record CcpaFigureView(string Kind, int Received, int Complied, int Denied, int Open, decimal? MedianDays);

/// <summary>A law and the kinds it gives a right to.</summary>
/// <param name="Places">Name one of them behind the law: eu-gdpr/DE.</param>
public sealed record LawView(string Id, string Name, int Version, IReadOnlyList<string> Places, IReadOnlyList<LawTermView> Terms)
{
    public static LawView Of(Law law) => new(law.Id, law.Name, law.Version, law.Places, [.. law.Terms.Select(term => new LawTermView(
        [.. term.Kinds.Select(PrivacyRequestKinds.Of)], term.Complete.ToString(), term.Extended?.ToString(), term.Acknowledge?.ToString(), term.Rule, term.Assumed))]);
}

public sealed record LawTermView(IReadOnlyList<string> Kinds, string Complete, string? Extended, string? Acknowledge, string Rule, bool Assumed);

/// <summary>Something an officer must look at.</summary>
public sealed record AlertView(string Request, string Task, string Code, DateTimeOffset At)
{
    public static AlertView Of(OfficerAlert alert) => new(alert.Request.ToString(), alert.Task, alert.Code, alert.At);
}

/// <summary>Public keys that receipts are signed with (JWK).</summary>
public sealed record ReceiptKeysView(IReadOnlyList<ReceiptKeyView> Keys);

public sealed record ReceiptKeyView(string Kty, string Crv, string X, string Y, string Kid, string Use = "sig", string Alg = "ES256");

/// <summary>A signed receipt (JWS) that anybody can check offline.</summary>
public sealed record ReceiptView(string Receipt);
