using StackHub.Records;

namespace StackHub.Sync;

/// <summary>
/// Two systems that keep overwriting each other: in the claims of all systems on one field, a value comes back after another system
/// replaced it, again and again inside one window. A person who types five corrections does not look like that.
/// </summary>
public static class Fights
{
    /// <param name="since">Claims before this do not count (a person released the field then).</param>
    public static bool Fought(HubRecord record, string field, FightOptions options, DateTimeOffset since)
    {
        if (ClaimsOn(record, field) < options.Reversals + 2)
            return false;
        var claims = record.Links
            .Where(link => link.MovedTo is null && link.Cells.ContainsKey(field))
            .SelectMany(link => link.Cell(field).State.Authored.Select(claim => (claim.At, claim.Value, link.Ref)))
            .Where(claim => claim.At > since)
            .OrderBy(claim => claim.At).ThenBy(claim => claim.Value).ToArray();
        if (claims.Length < options.Reversals + 2)
            return false;
        var start = claims[^1].At - options.Window;
        var reversals = 0;
        for (var index = 2; index < claims.Length; index++)
            if (claims[index].At >= start && claims[index].Value == claims[index - 2].Value && claims[index].Value != claims[index - 1].Value
                && claims[index].Ref.System != claims[index - 1].Ref.System)
                reversals++;
        return reversals >= options.Reversals;
    }

    /// <summary>Nearly every field of nearly every record has too few claims for a fight.</summary>
    private static int ClaimsOn(HubRecord record, string field)
    {
        var count = 0;
        foreach (var link in record.Links)
            if (link.MovedTo is null && link.Cells.TryGetValue(field, out var cell))
                count += cell.State.Authored.Length;
        return count;
    }
}

/// <param name="Reversals">So many returns of a replaced value freeze the field.</param>
public sealed record FightOptions(int Reversals, TimeSpan Window)
{
    public static readonly FightOptions Default = new(4, TimeSpan.FromMinutes(10));
}
