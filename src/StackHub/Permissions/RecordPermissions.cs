using System.Globalization;
using StackHub.Flows;
using StackHub.Records;

namespace StackHub.Permissions;

/// <summary>
/// What may be written of one record, where: decided once each from the record alone. What a tool's own flag says counts at once, also
/// before it is in the ledger.
/// </summary>
public sealed class RecordPermissions(HubRecord record, PurposeSet purposes)
{
    private Dictionary<string, ConsentStanding>? standings;
    private List<ConsentMark>? marks;

    public DateTimeOffset? RestrictedSince { get; } = Restriction.Since(record);

    public PurposeSet Purposes => purposes;

    public ConsentStanding StandingOf(Purpose purpose)
    {
        standings ??= new(StringComparer.Ordinal);
        if (!standings.TryGetValue(purpose.Name, out var standing))
            standings[purpose.Name] = standing = ConsentStanding.Of(SaidOf(purpose));
        return standing;
    }

    /// <summary>Why nothing of the record may be written to a system; null when something may.</summary>
    public string? Obstacle(SystemId system) => RestrictedSince is { } since
        ? $"processing is restricted since {Day(since)}"
        : Obstacle(system, purpose => purpose.Bound[system].Names is null);

    /// <summary>Why a field may not be written to a system; null when it may.</summary>
    public string? Obstacle(SystemId system, string field) => RestrictedSince is { } since
        ? $"processing is restricted since {Day(since)}"
        : purposes.IsFlag(field) ? null : Obstacle(system, purpose => purpose.Bound[system].Contain(field));

    /// <summary>A standing in a few words.</summary>
    public static string Reason(Purpose purpose, ConsentStanding standing) => standing switch
    {
        { State: ConsentState.Refused, By: { } by } => $"{purpose.Name} was refused {(by.Source == ConsentMark.Person ? "by the person" : $"in {by.Source}")} on {Day(by.At)}",
        { State: ConsentState.Granted, By: { } by } => $"{purpose.Name} was consented to {(by.Source == ConsentMark.Person ? "by the person" : $"in {by.Source}")} on {Day(by.At)}",
        _ => $"{purpose.Name} needs a consent, and there is none",
    };

    private string? Obstacle(SystemId system, Func<Purpose, bool> binds)
    {
        if (record.Kind != RecordKind.Person)
            return null;
        foreach (var purpose in purposes.BoundIn(system))
            if (binds(purpose) && StandingOf(purpose) is var standing && !purpose.Allows(standing.State))
                return Reason(purpose, standing);
        return null;
    }

    private IEnumerable<ConsentMark> SaidOf(Purpose purpose)
    {
        foreach (var mark in marks ??= ConsentMark.Of(record))
            if (mark.Purpose == purpose.Name)
                yield return mark;
        if (purpose.Flag is not { } flag)
            yield break;
        foreach (var link in record.Links)
            if (link.MovedTo is null && link.Ref.System != HubAuthor.System && link.Cells.TryGetValue(flag, out var cell) && Newest(cell) is { } at)
                yield return new(purpose.Name, link.Ref.System.Name, IsOptIn: false, at);
    }

    /// <summary>A flag that was taken away again without a word of the person still counts.</summary>
    private static DateTimeOffset? Newest(Cell cell)
    {
        var authored = cell.State.Authored;
        for (var index = authored.Length - 1; index >= 0; index--)
            if (authored[index].Value.Text == "true")
                return authored[index].At;
        return null;
    }

    private static string Day(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
