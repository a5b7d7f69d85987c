using System.Globalization;

namespace StackHub.Privacy.Evidence;

/// <summary>The end of a request's chain and what decides how long it is kept.</summary>
/// <param name="Subject">Whose request it is, as an id: all evidence of one person is kept while any of their requests is open.</param>
public sealed record LedgerHead(string Request, string Subject, int Count, string Hash, DateTimeOffset OpenedAt)
{
    /// <summary>Null while the request is open.</summary>
    public DateTimeOffset? ClosedAt { get; init; }

    /// <summary>The first day on which the evidence may go; null while the request is open.</summary>
    public DateOnly? KeepUntil { get; init; }

    /// <summary>The purge has begun: what is missing is missing on purpose.</summary>
    public bool Purging { get; init; }

    public LedgerAnchor Anchor => new(Count, Hash);

    internal string Signed => string.Create(CultureInfo.InvariantCulture, $"{Request}|{Subject}|{Count}|{Hash}|{OpenedAt.UtcTicks}|{ClosedAt?.UtcTicks}|{KeepUntil:yyyy-MM-dd}|{Purging}");
}
