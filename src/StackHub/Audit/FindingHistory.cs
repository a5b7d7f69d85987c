using System.Collections.Immutable;
using NodaTime;

namespace StackHub.Audit;

/// <summary>
/// What becomes of findings from run to run. All of it can be told from the findings and the run's time, so that a run that is made again
/// from the start, after a crash at any point, says the same.
/// </summary>
public static class FindingHistory
{
    /// <summary>How long a finding that is fixed is remembered, so that one that comes back keeps its first day.</summary>
    public static readonly TimeSpan Memory = TimeSpan.FromDays(400);

    /// <summary>The findings after a run: those found now, and those that were there and are not found any more.</summary>
    public static ImmutableArray<Finding> After(IEnumerable<Finding> known, IEnumerable<Finding> found, DateTimeOffset at, LocalDate today)
    {
        var before = known.ToDictionary(finding => finding.Id);
        var after = ImmutableArray.CreateBuilder<Finding>();
        foreach (var finding in found.DistinctBy(finding => finding.Id))
            after.Add(before.Remove(finding.Id, out var earlier) ? Again(earlier, finding, at, today) : finding with { FirstSeen = at, OpenedAt = at, ChangedAt = at, LastSeen = at });
        after.AddRange(before.Values.Where(gone => at - gone.LastSeen < Memory).Select(gone => Missing(gone, at)));
        return [.. after.OrderBy(finding => finding.Status).ThenByDescending(finding => finding.Severity).ThenByDescending(finding => finding.Saving ?? 0).ThenBy(finding => finding.Check, StringComparer.Ordinal).ThenBy(finding => finding.Subject, StringComparer.Ordinal)];
    }

    public static bool IsNew(Finding finding, DateTimeOffset at) => finding.Status == FindingStatus.Open && finding.OpenedAt == at;

    public static bool IsGone(Finding finding, DateTimeOffset at) => finding.Status == FindingStatus.Fixed && finding.ChangedAt == at;

    public static bool IsChanged(Finding finding, DateTimeOffset at) => finding.Status != FindingStatus.Fixed && finding.ChangedAt == at && finding.OpenedAt != at;

    private static Finding Again(Finding earlier, Finding now, DateTimeOffset at, LocalDate today)
    {
        var same = now with
        {
            Status = earlier.Status,
            AcceptedUntil = earlier.AcceptedUntil,
            AcceptedBecause = earlier.AcceptedBecause,
            FirstSeen = earlier.FirstSeen,
            OpenedAt = earlier.OpenedAt,
            ChangedAt = earlier.SaysTheSameAs(now) ? earlier.ChangedAt : at,
            LastSeen = at,
        };
        // What was accepted was the risk as it was: a graver one, or one whose time is over, asks again.
        var reopens = earlier.Status == FindingStatus.Fixed || (earlier.Status == FindingStatus.Accepted && (earlier.AcceptedUntil < today || now.Severity > earlier.Severity));
        return reopens ? same with { Status = FindingStatus.Open, AcceptedUntil = null, AcceptedBecause = null, OpenedAt = at, ChangedAt = at } : same;
    }

    private static Finding Missing(Finding finding, DateTimeOffset at) =>
        finding.Status == FindingStatus.Fixed ? finding : finding with { Status = FindingStatus.Fixed, AcceptedUntil = null, AcceptedBecause = null, ChangedAt = at };
}
