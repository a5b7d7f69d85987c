using StackHub.Flows;
using StackHub.Records;

namespace StackHub.Permissions;

/// <summary>
/// A restriction of processing (Art 18 GDPR): the person's data is kept and nothing else. While it holds, the sync path neither takes in
/// what systems say of the person nor writes to any of them.
/// </summary>
public static class Restriction
{
    /// <summary>The hub's own field that says so.</summary>
    public const string Field = "restriction:processing";

    /// <summary>Sorts behind <see cref="Off"/>, so that of two at one time the restriction wins.</summary>
    public const string On = "on";

    public const string Off = "off";

    /// <summary>Since when it holds; null when it does not. Of merged records, one that is restricted restricts both.</summary>
    public static DateTimeOffset? Since(HubRecord record)
    {
        DateTimeOffset? since = null;
        foreach (var link in record.Links)
            if (link.Ref.System == HubAuthor.System && link.Cells.TryGetValue(Field, out var cell) && !cell.Seen.IsEmpty && cell.Seen[^1] is var last && last.Value.Text == On && (since is not { } known || last.At > known))
                since = last.At;
        return since;
    }
}
