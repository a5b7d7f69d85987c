namespace StackHub.Web.Idempotency;

/// <summary>What became of the claim of a key.</summary>
internal abstract record IdempotencyEntry
{
    private IdempotencyEntry()
    {
    }

    /// <summary>The key is the caller's now: carry the request out, then store its answer or let the key go.</summary>
    public sealed record Mine(string Row, string Request, string ETag) : IdempotencyEntry;

    /// <summary>The same request was answered before.</summary>
    public sealed record Answered(StoredAnswer Answer) : IdempotencyEntry;

    /// <summary>The same request is being carried out.</summary>
    public sealed record InProgress : IdempotencyEntry;

    /// <summary>The key was used for another request.</summary>
    public sealed record OtherRequest : IdempotencyEntry;
}
