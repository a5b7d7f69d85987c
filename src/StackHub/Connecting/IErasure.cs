namespace StackHub.Connecting;

/// <summary>A connector that can erase a person for good (not delete recoverably) and find out whether the vendor has done so.</summary>
public interface IErasure
{
    /// <summary>
    /// Asks for the erasure, or, with the ticket of an earlier outcome, only whether it is done. Idempotent: what was asked for already is not
    /// an error, and what is no longer there is <see cref="ErasureOutcome.NotFound"/>. Nothing is called confirmed before the vendor's own
    /// status says so or the record is absent.
    /// </summary>
    Task<ErasureOutcome> EraseAsync(ErasureRequest request, CancellationToken cancellationToken);
}

/// <summary>Whom to erase: an id, an address, or both. It never prints the address.</summary>
public sealed record ErasureRequest(string ObjectType)
{
    public string? Id { get; init; }

    /// <summary>Every record with this address is erased, since some vendors keep several.</summary>
    public string? Email { get; init; }

    /// <summary>What the vendor took already, from <see cref="ErasureOutcome.Accepted"/>.</summary>
    public string? Ticket { get; init; }

    public override string ToString() => $"erasure in {ObjectType}";
}

/// <summary>How far an erasure is.</summary>
public abstract record ErasureOutcome
{
    private ErasureOutcome()
    {
    }

    /// <summary>Sent, and no certain answer came: ask again, the same way, not before <paramref name="After"/>.</summary>
    public sealed record Requested(string Reason, TimeSpan After) : ErasureOutcome;

    /// <summary>The vendor took it and is at work; ask with <paramref name="Ticket"/> (ids only, no personal data), not before <paramref name="After"/>.</summary>
    public sealed record Accepted(string Ticket, TimeSpan After) : ErasureOutcome;

    /// <summary>Done, by the vendor's word or by the record's absence.</summary>
    public sealed record Confirmed(ErasureEvidence By, int Records) : ErasureOutcome;

    /// <summary>Refused for good; <paramref name="Message"/> is the vendor's words and may name values.</summary>
    public sealed record Refused(string Code, string Message) : ErasureOutcome
    {
        public override string ToString() => $"refused {Code}";
    }

    /// <summary>The system has nobody like that.</summary>
    public sealed record NotFound : ErasureOutcome;
}

/// <summary>What an erasure's confirmation rests on.</summary>
public enum ErasureEvidence
{
    /// <summary>The vendor's answer or job says that it is done.</summary>
    Status,

    /// <summary>The record can no longer be read.</summary>
    Absence,
}
