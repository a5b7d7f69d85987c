using System.Globalization;
using NodaTime;
using StackHub.Audit;
using StackHub.Audit.Drills;
using StackHub.Audit.Inventory;
using StackHub.Connecting;
using StackHub.Web.Shell;

namespace StackHub.Web.Audit;

/// <summary>How the audit says what it found.</summary>
public static class AuditPhrases
{
    public static Status Of(Severity severity) => severity switch
    {
        Severity.High => new(Tone.Bad, "High"),
        Severity.Medium => new(Tone.Warning, "Medium"),
        Severity.Low => new(Tone.Busy, "Low"),
        _ => new(Tone.Quiet, "Info"),
    };

    public static Status Of(Finding finding) => finding.Status switch
    {
        FindingStatus.Open => new(Tone.Warning, "Open"),
        FindingStatus.Accepted => new(Tone.Quiet, finding.AcceptedUntil is { } until ? $"Accepted until {Day(until)}" : "Accepted"),
        _ => new(Tone.Good, "Fixed"),
    };

    public static Status Of(PairOverlap pair) => pair switch
    {
        { Verdict: PairVerdict.Duplicate, Intended: not null } => new(Tone.Quiet, "Duplicate, wanted"),
        { Verdict: PairVerdict.Review, Intended: not null } => new(Tone.Quiet, "Similar, wanted"),
        { Verdict: PairVerdict.Duplicate } => new(Tone.Bad, "Duplicate"),
        { Verdict: PairVerdict.Review } => new(Tone.Warning, "Compare them"),
        _ => new(Tone.Good, "Distinct"),
    };

    public static Status Of(ErasureLevel level) => level switch
    {
        ErasureLevel.Proven => new(Tone.Good, "Proven by a drill"),
        ErasureLevel.Claimed => new(Tone.Warning, "Possible, not tried"),
        ErasureLevel.ByHand => new(Tone.Warning, "By hand only"),
        ErasureLevel.Failing => new(Tone.Bad, "The last drill failed"),
        _ => new(Tone.Quiet, "Not known"),
    };

    public static Status Of(TrialStage stage) => stage switch
    {
        TrialStage.Making => new(Tone.Busy, "Being made"),
        TrialStage.Looking => new(Tone.Busy, "Made, not seen yet"),
        TrialStage.Erasing => new(Tone.Busy, "Being erased"),
        TrialStage.Proving => new(Tone.Busy, "Said to be gone, still found"),
        TrialStage.Passed => new(Tone.Good, "Gone"),
        TrialStage.Failed => new(Tone.Bad, "Failed"),
        _ => new(Tone.Warning, "Nobody was made"),
    };

    /// <summary>What a connector can do to erase a person.</summary>
    public static string Of(ErasureClaim claim) => string.Join("; ", new[]
    {
        claim.Kind switch
        {
            ErasureKind.Delete => "deletes for good",
            ErasureKind.SoftDelete => "deletes, can be brought back",
            ErasureKind.Mask => "overwrites values, the record stays",
            _ => "a person does it in the tool",
        },
        claim.GoneWithin switch { null => "", { Ticks: 0 } => "gone at once", { } within => $"gone within {Names.Count((int)Math.Ceiling(within.TotalDays), "day")}" },
        claim.Stays is { } stays ? $"stays: {stays}" : "",
    }.Where(words => words.Length > 0));

    /// <summary>What a score from 0 to 100 means.</summary>
    public static Status OfHealth(double? score) => score switch
    {
        null => new(Tone.Quiet, "Not known"),
        >= 75 => new(Tone.Good, "Good"),
        >= 50 => new(Tone.Warning, "Fair"),
        _ => new(Tone.Bad, "Poor"),
    };

    /// <summary>"37,800 USD": whole units, since nobody saves cents.</summary>
    public static string Money(decimal amount, string? currency) => $"{Math.Round(amount, MidpointRounding.AwayFromZero):N0} {currency}".TrimEnd();

    /// <summary>Amounts of several currencies, which cannot be added.</summary>
    public static string Money(IEnumerable<KeyValuePair<string, decimal>> amounts) =>
        string.Join(" + ", amounts.Where(amount => amount.Value != 0).Select(amount => Money(amount.Value, amount.Key))) is { Length: > 0 } words ? words : "none";

    public static string Day(LocalDate day) => day.ToString("d MMM yyyy", CultureInfo.InvariantCulture);

    /// <summary>How far off a day is: "in 3 days", "today", "12 days ago".</summary>
    public static string Distance(LocalDate day, LocalDate today) => Period.DaysBetween(today, day) switch
    {
        0 => "today",
        1 => "tomorrow",
        -1 => "yesterday",
        > 0 and var days => $"in {days:N0} days",
        var days => $"{-days:N0} days ago",
    };

    public static string Percent(double? share) => share is { } known ? (known is > 0.995 and < 1 ? "over 99 %" : $"{100 * known:0} %") : "not measured";

    /// <summary>What an overlap rests on: "18 of 25".</summary>
    public static string Basis(Overlap? overlap) => overlap is null ? "not measured" : $"{overlap.Shared:N0} of {Math.Min(overlap.First, overlap.Second):N0}";
}
