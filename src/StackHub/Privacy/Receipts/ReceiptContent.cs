using System.Collections.Immutable;
using StackHub.Privacy.Evidence;

namespace StackHub.Privacy.Receipts;

/// <summary>What a receipt says: everything that was done for a request, and nothing by which anybody could be found.</summary>
/// <param name="Issuer">Who signs, such as the company's name.</param>
/// <param name="Request">The request's id.</param>
/// <param name="Kind">Such as "erasure".</param>
/// <param name="Outcome">Such as "complete" or "partial".</param>
/// <param name="Ledger">Where the evidence ended when it was signed: a chain that is shorter or other later was changed.</param>
public sealed record ReceiptContent(string Issuer, string Request, string Kind, string Outcome, DateTimeOffset ReceivedAt, DateTimeOffset AnsweredAt, LedgerAnchor Ledger)
{
    /// <summary>Keyed commitments to the person's identities, by kind ("email", "phone"): the person's own secret opens them.</summary>
    public ImmutableArray<ReceiptCommitment> Subject { get; init; } = [];

    public ImmutableArray<ReceiptSystem> Systems { get; init; } = [];

    public ImmutableArray<ReceiptLaw> Laws { get; init; } = [];

    /// <summary>For the person, in plain words.</summary>
    public ImmutableArray<string> Notes { get; init; } = [];
}

public sealed record ReceiptCommitment(string Kind, string Value);

/// <summary>How far one system got.</summary>
/// <param name="Level">The rung that was proven, such as "sealed", or why not, such as "held".</param>
/// <param name="Ground">Why something stays; null when nothing does.</param>
public sealed record ReceiptSystem(string System, string Level, DateTimeOffset At, string? Ground = null, DateOnly? Until = null);

/// <summary>A law the request was answered under.</summary>
public sealed record ReceiptLaw(string Law, int Version, DateOnly SafeDue, DateOnly LegalDue, string Calendar, int CalendarVersion);
