using NodaTime;
using StackHub.Privacy.Clocks;
using StackHub.Privacy.Planning;
using StackHub.Privacy.Receipts;
using StackHub.Records;

namespace StackHub.Privacy;

/// <summary>
/// One request of one kind about one person. A submission of several kinds is several requests of one group, since each kind has its own
/// clock, proof and end. Stored sealed; what is personal in it goes when the request is complete.
/// </summary>
public sealed record PrivacyRequest(RequestId Id, PrivacyRequestKind Kind, SubjectClaims Subject, DateTimeOffset ReceivedAt, string SubmittedBy)
{
    public PrivacyRequestState State { get; init; }

    /// <summary>What came with it, its own number included.</summary>
    public IReadOnlyList<RequestId> Group { get; init; } = [];

    /// <summary>The laws it stands under, each with the place whose calendar counts ("eu-gdpr/DE").</summary>
    public IReadOnlyList<string> Laws { get; init; } = [];

    /// <summary>Questions to the person and notices of extension, which the laws' clocks are a function of.</summary>
    public IReadOnlyList<ClockPause> Pauses { get; init; } = [];

    public IReadOnlyList<ExtensionNotice> Extensions { get; init; } = [];

    public IdentityProof? Verification { get; init; }

    /// <summary>Why an officer must look at it; without values.</summary>
    public string? Review { get; init; }

    /// <summary>Records among which an officer must choose.</summary>
    public IReadOnlyList<RecordId> Candidates { get; init; } = [];

    /// <summary>Those an officer chose.</summary>
    public IReadOnlyList<RecordId> Chosen { get; init; } = [];

    public RequestPlan? Plan { get; init; }

    public IReadOnlyList<Approval> Approvals { get; init; } = [];

    public Denial? Denial { get; init; }

    /// <summary>What the person said to the denial.</summary>
    public Appeal? Appeal { get; init; }

    public IReadOnlyList<RequestStep> History { get; init; } = [];

    /// <summary>All that the hub found them known by; it goes with the subject.</summary>
    public IReadOnlyList<Alias> Known { get; init; } = [];

    /// <summary>What is to be put right, for a rectification; it goes with the subject.</summary>
    public IReadOnlyList<Correction> Corrections { get; init; } = [];

    /// <summary>Keyed commitments to the person's addresses and numbers: whoever has the request's secret can tell that a receipt is theirs.</summary>
    public IReadOnlyList<ReceiptCommitment> Commitments { get; init; } = [];

    /// <summary>Each law's dates, from the facts as they are now; while it is appealed, those of the appeal, where a law has any.</summary>
    public IReadOnlyList<LawDue> Due(LawBook book) => [.. (State == PrivacyRequestState.Appealed && Appeal is { } appeal
        ? RequestClock.AppealRows(Kind, appeal.ReceivedAt, Laws.Select(LawPlace.Parse), book)
        : RequestClock.Rows(new(Kind, ReceivedAt) { Pauses = [.. Pauses], Extensions = [.. Extensions] }, Laws.Select(LawPlace.Parse), book)).Select(LawDue.Of)];

    /// <summary>When work has to be done: the earliest safe date of all laws; null under no law.</summary>
    public DateTimeOffset? SafeDue(LawBook book) => Due(book) is { Count: > 0 } due ? due.Min(one => one.SafeDue) : null;

    public override string ToString() => $"{Kind} {Id} ({State})";
}

/// <summary>What one law asks of a request, as moments.</summary>
/// <param name="SafeDue">The end of the day by which it is done under every reading of the law, where the law is kept.</param>
/// <param name="LegalDue">The end of the last day that the law can be read to allow.</param>
public sealed record LawDue(ClockRow Row, DateTimeOffset SafeDue, DateTimeOffset LegalDue)
{
    public static LawDue Of(ClockRow row) => new(row, EndOf(row.Complete.Safe, row.Zone), EndOf(row.Complete.Legal, row.Zone));

    private static DateTimeOffset EndOf(DateOnly day, string zone) =>
        DateTimeZoneProviders.Tzdb[zone].AtStartOfDay(LocalDate.FromDateOnly(day).PlusDays(1)).ToInstant().ToDateTimeOffset();
}

/// <param name="By">Who: an officer, or "code" when the person confirmed it themselves.</param>
/// <param name="Reason">How it was shown; without values.</param>
public sealed record IdentityProof(string By, string Reason, DateTimeOffset At);

/// <param name="Plan">The fingerprint of the plan that was approved.</param>
public sealed record Approval(string By, DateTimeOffset At, string Plan);

/// <param name="Ground">The exemption or reason, by the law's name.</param>
/// <param name="Appeal">How the person can have it looked at again.</param>
public sealed record Denial(string Ground, string Appeal, string By, DateTimeOffset At);

/// <summary>The person wants the denial looked at again.</summary>
/// <param name="By">Who took it down: an officer, or "public" when the person did it themselves.</param>
/// <param name="Answer">What came of it; null while it waits.</param>
public sealed record Appeal(string By, DateTimeOffset ReceivedAt, AppealAnswer? Answer = null);

/// <param name="Granted">The denial was wrong, and the request goes on.</param>
/// <param name="Reason">Why; without values.</param>
public sealed record AppealAnswer(bool Granted, string Reason, string By, DateTimeOffset At);

/// <summary>A move of a request; ids and words without values.</summary>
public sealed record RequestStep(DateTimeOffset At, string By, PrivacyRequestState To, string Note);
