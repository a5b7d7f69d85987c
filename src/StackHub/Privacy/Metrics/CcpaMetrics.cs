using System.Collections.Immutable;

namespace StackHub.Privacy.Metrics;

/// <summary>What 11 CCR 7102 asks for a kind of request and a year.</summary>
/// <param name="Complied">In whole or in part.</param>
/// <param name="MedianDays">Within which an answer came; null when none did.</param>
public sealed record CcpaFigures(PrivacyRequestKind Kind, int Received, int Complied, int Denied, int Open, decimal? MedianDays);

/// <summary>The yearly figures: pure.</summary>
public static class CcpaMetrics
{
    /// <summary>Know, delete, correct, opt out and limit, in this order and each also when nobody asked; portability is part of know.</summary>
    private static readonly ImmutableArray<PrivacyRequestKind> Kinds =
        [PrivacyRequestKind.Access, PrivacyRequestKind.Erasure, PrivacyRequestKind.Rectification, PrivacyRequestKind.OptOutOfSale, PrivacyRequestKind.LimitSensitiveData];

    /// <summary>Of the requests that came in a calendar year, whenever they were answered.</summary>
    public static ImmutableArray<CcpaFigures> Of(IEnumerable<RequestOutcome> requests, int year)
    {
        var received = requests.Where(request => request.Received.Year == year).ToLookup(request => request.Kind == PrivacyRequestKind.Portability ? PrivacyRequestKind.Access : request.Kind);
        return [.. Kinds.Select(kind => Figures(kind, [.. received[kind]]))];
    }

    private static CcpaFigures Figures(PrivacyRequestKind kind, RequestOutcome[] requests) => new(
        kind,
        requests.Length,
        requests.Count(request => request.Answer == RequestAnswer.CompliedWith),
        requests.Count(request => request.Answer == RequestAnswer.Denied),
        requests.Count(request => request.Answer is null),
        Median([.. requests.Where(request => request.Answered is not null).Select(request => request.Answered!.Value.DayNumber - request.Received.DayNumber).Order()]));

    private static decimal? Median(int[] days) => days.Length == 0 ? null : (days[(days.Length - 1) / 2] + days[days.Length / 2]) / 2m;
}
