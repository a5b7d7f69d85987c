using StackHub.Records;

namespace StackHub.Connecting;

/// <summary>What became of one record of a write call.</summary>
public abstract record WriteOutcome
{
    private WriteOutcome()
    {
    }

    /// <summary>
    /// Stored. <paramref name="StoredAt"/> is the vendor's own time of the write where it answers one.
    /// <paramref name="Values"/> are vendor fields as the vendor stored them, where it answers them.
    /// </summary>
    public sealed record Stored(ExternalRef Ref, bool Created, DateTimeOffset? StoredAt = null, IReadOnlyDictionary<string, string?>? Values = null) : WriteOutcome
    {
        public override string ToString() => $"stored {Ref}";
    }

    /// <summary>Refused for good: the same call will be refused again. <paramref name="Message"/> is the vendor's words and may name values.</summary>
    public sealed record Refused(string Code, string Message, string? VendorField = null) : WriteOutcome
    {
        public override string ToString() => $"refused {Code}";
    }

    /// <summary>Not stored, or perhaps stored (<paramref name="Uncertain"/>: no answer came); try again, not before <paramref name="After"/>.</summary>
    public sealed record Retry(string Code, TimeSpan? After = null, bool Uncertain = false) : WriteOutcome;

    /// <summary>The system already has this record under another id: link it and write again there.</summary>
    public sealed record Existing(ExternalRef Ref) : WriteOutcome;

    /// <summary>Several records of the system match; a person must choose.</summary>
    public sealed record Ambiguous(IReadOnlyList<ExternalRef> Refs) : WriteOutcome;

    /// <summary>The record goes on as another one (converted lead, merged contact).</summary>
    public sealed record Moved(ExternalRef To) : WriteOutcome;

    /// <summary>The record was deleted there; it is unlinked, never created again on its own.</summary>
    public sealed record Gone : WriteOutcome;
}
