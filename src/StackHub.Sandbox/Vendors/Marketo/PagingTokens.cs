using StackHub.Sandbox.Hosting;

namespace StackHub.Sandbox.Vendors.Marketo;

/// <summary>Opaque places in the activity log and in long answers; they expire.</summary>
internal sealed class PagingTokens(VendorClock clock, TimeSpan life)
{
    private readonly Dictionary<string, (Place Place, DateTimeOffset Until)> known = [];
    private readonly Sequence numbers = new();

    public string Issue(Place place)
    {
        var token = $"{numbers.NextGuid():N}".ToUpperInvariant() + "====";
        known[token] = (place, clock.Now + life);
        return token;
    }

    public Place? Find(string? token) =>
        token is not null && known.TryGetValue(token, out var entry) && clock.Now < entry.Until ? entry.Place : null;

    public void ExpireAll() => known.Clear();

    /// <summary>After this entry of the log or this row, of what happened since then.</summary>
    public sealed record Place(DateTimeOffset Since, long After);
}
