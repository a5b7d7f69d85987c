using StackHub.Privacy.Evidence;

namespace StackHub.Privacy.Receipts;

/// <summary>What somebody who asks for a receipt gets.</summary>
public abstract record ReceiptAnswer
{
    private ReceiptAnswer()
    {
    }

    public sealed record Issued(string Text) : ReceiptAnswer;

    /// <summary>Nothing was answered yet that could be certified.</summary>
    public sealed record TooEarly : ReceiptAnswer;

    /// <summary>The evidence is not as the hub wrote it: nothing is certified on it.</summary>
    public sealed record Tampered(IReadOnlyList<LedgerFault> Faults) : ReceiptAnswer;

    public sealed record Unknown : ReceiptAnswer;
}

/// <summary>Gives out receipts: the one that is kept until more has happened, then a new one.</summary>
public sealed class ReceiptDesk(PrivacyStore store, EvidenceLedger ledger, RequestReceipts receipts)
{
    public async Task<ReceiptAnswer> GetAsync(RequestId id, CancellationToken cancellationToken)
    {
        if (await store.FindAsync(id, cancellationToken) is not { } request)
            return new ReceiptAnswer.Unknown();
        if (!request.State.HasOutcome())
            return new ReceiptAnswer.TooEarly();
        var chain = await ledger.CheckAsync(id.ToString(), null, cancellationToken);
        if (!chain.Intact)
            return new ReceiptAnswer.Tampered(chain.Faults);
        if (await receipts.FindAsync(id, cancellationToken) is { } kept && ReceiptVerifier.Verify(kept, null) is ReceiptVerdict.Valid { Content.Ledger: var seen } && seen == chain.Head?.Anchor)
            return new ReceiptAnswer.Issued(kept);
        return await receipts.IssueAsync(id, cancellationToken) is { } text ? new ReceiptAnswer.Issued(text) : new ReceiptAnswer.Unknown();
    }
}
