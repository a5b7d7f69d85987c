using StackHub.Permissions;
using StackHub.Privacy.Consent;
using StackHub.Records;
using StackHub.Web.Records;

namespace StackHub.Web.Privacy.Console;

/// <summary>The page before anybody is named: the purposes there are.</summary>
public sealed record ConsentHomeModel(PurposeSet Purposes);

/// <summary>What holds for a person, a purpose each, and everything that was said.</summary>
/// <param name="Restricted">Since when processing is restricted; null when it is not.</param>
public sealed record PersonConsentModel(RecordName Person, IReadOnlyList<PurposeRow> Purposes, IReadOnlyList<SaidRow> Events, DateTimeOffset? Restricted)
{
    /// <summary>What an officer may hear somebody say; the rest comes from browsers and tools.</summary>
    public static readonly IReadOnlyList<ConsentBasis> Bases = [ConsentBasis.Withdrawal, ConsentBasis.Objection, ConsentBasis.SaleOptOut, ConsentBasis.Consent];

    public static PersonConsentModel Of(HubRecord record, RecordName name, IReadOnlyList<ConsentEvent> said, PurposeSet purposes, int askAgainMonths)
    {
        ConsentEvent[] all = [.. said.Concat(ConsentRules.Flags(record, purposes)).Distinct().OrderByDescending(one => one.At)];
        var permissions = new RecordPermissions(record, purposes);
        var standings = ConsentRules.Standings(record, all, purposes);
        return new(name,
            [.. purposes.All.Select(purpose => PurposeRow.Of(purpose, standings[purpose.Name], askAgainMonths))],
            [.. all.Select(one => new SaidRow(one, Why(one, all, standings.GetValueOrDefault(one.Purpose))))],
            permissions.RestrictedSince);
    }

    /// <summary>What an event does now, and why.</summary>
    public static string Why(ConsentEvent one, IReadOnlyList<ConsentEvent> all, ConsentStanding standing)
    {
        if (standing.By is { } by && by.Source == one.Source && by.IsOptIn == one.IsOptIn && Milliseconds(by.At) == Milliseconds(one.At))
            return "decides";
        if (one.IsOptIn)
            return standing is { State: ConsentState.Refused, By: { } refusal }
                ? refusal.At >= one.At ? "a newer opt-out stands" : "an opt-out stands until the person or its own source takes it back"
                : "a newer word decides";
        return all.FirstOrDefault(other => other.Purpose == one.Purpose && other.IsOptIn && other.At > one.At && (other.Source == one.Source || other.Source == ConsentMark.Person)) is { } taken
            ? $"taken back on {PrivacyPhrases.Day(taken.At)}"
            : "refuses as well; the newest refusal decides";
    }

    private static long Milliseconds(DateTimeOffset at) => at.ToUnixTimeMilliseconds();

    public override string ToString() => $"consent of {Person.Id}";
}

/// <param name="Allowed">The person's data may be used for it now.</param>
/// <param name="Why">The word that decides it, or what holds without one.</param>
/// <param name="Binds">What each system is given for this purpose only.</param>
public sealed record PurposeRow(Purpose Purpose, ConsentState State, bool Allowed, string Why, IReadOnlyList<string> Binds)
{
    public static PurposeRow Of(Purpose purpose, ConsentStanding standing, int askAgainMonths) => new(purpose, standing.State, purpose.Allows(standing.State), Because(purpose, standing, askAgainMonths),
        [.. purpose.Bound.OrderBy(bound => bound.Key).Select(bound => bound.Value.Names is { } names ? $"{bound.Key}: {string.Join(", ", names.Order(StringComparer.Ordinal))}" : $"{bound.Key}: the whole person")]);

    private static string Because(Purpose purpose, ConsentStanding standing, int askAgainMonths) => standing.State == ConsentState.Unknown
        ? purpose.Rule == PurposeRule.OptIn ? "nobody consented, and it needs a consent" : "nobody refused"
        : SaleOptOutDates.MayAskFrom(purpose, standing, askAgainMonths) is { } from ? $"{RecordPermissions.Reason(purpose, standing)}; not asked to opt in again before {PrivacyPhrases.Day(from)}"
        : RecordPermissions.Reason(purpose, standing);
}

/// <param name="Why">What it does now.</param>
public sealed record SaidRow(ConsentEvent Event, string Why)
{
    public override string ToString() => Event.ToString();
}
