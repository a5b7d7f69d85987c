namespace StackHub.Privacy.Verification;

/// <summary>A code and a link that were sent to somebody, as the hub keeps them: hashed.</summary>
/// <param name="Id">Unique to this sending; a new one makes the code and link before it worthless.</param>
public sealed record Challenge(string Request, string Id, string CodeHash, string TokenHash, DateTimeOffset IssuedAt, DateTimeOffset ExpiresAt)
{
    /// <summary>Wrong codes so far.</summary>
    public int Tries { get; init; }

    public DateTimeOffset? ConfirmedAt { get; init; }

    /// <summary>How many were sent for this request since <see cref="WindowStart"/>.</summary>
    public int Sent { get; init; } = 1;

    public DateTimeOffset WindowStart { get; init; } = IssuedAt;

    public override string ToString() => $"challenge {Id} of request {Request}";
}
