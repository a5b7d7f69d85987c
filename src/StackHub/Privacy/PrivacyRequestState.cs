namespace StackHub.Privacy;

public enum PrivacyRequestState
{
    /// <summary>Filed; nobody has shown yet that it comes from the person.</summary>
    Received,

    /// <summary>Shown to come from the person, or of a kind that needs no such proof.</summary>
    Verified,

    /// <summary>An officer must say whom it is about: nothing is done until then.</summary>
    NeedsReview,

    /// <summary>What will be done is known, and waits for approval.</summary>
    Planned,

    Approved,

    InProgress,

    /// <summary>Done where it could be; somewhere it is held, refused or a person's to do.</summary>
    Partial,

    Complete,

    /// <summary>Refused on a ground the law knows.</summary>
    Denied,

    /// <summary>Taken back by the person.</summary>
    Cancelled,

    /// <summary>Never shown to come from the person.</summary>
    Rejected,

    /// <summary>Denied, and the person wants that looked at again.</summary>
    Appealed,
}

/// <summary>The one table of legal moves.</summary>
public static class PrivacyRequestTransitions
{
    public static bool CanBecome(this PrivacyRequestState from, PrivacyRequestState to) => (from, to) switch
    {
        (PrivacyRequestState.Received, PrivacyRequestState.Verified or PrivacyRequestState.Denied or PrivacyRequestState.Cancelled or PrivacyRequestState.Rejected) => true,
        (PrivacyRequestState.Verified, PrivacyRequestState.Planned or PrivacyRequestState.NeedsReview or PrivacyRequestState.Denied or PrivacyRequestState.Cancelled) => true,
        (PrivacyRequestState.NeedsReview, PrivacyRequestState.Planned or PrivacyRequestState.Denied or PrivacyRequestState.Cancelled) => true,
        (PrivacyRequestState.Planned, PrivacyRequestState.Planned or PrivacyRequestState.Approved or PrivacyRequestState.NeedsReview or PrivacyRequestState.Denied or PrivacyRequestState.Cancelled) => true,
        (PrivacyRequestState.Denied, PrivacyRequestState.Appealed) => true,
        (PrivacyRequestState.Appealed, PrivacyRequestState.Denied or PrivacyRequestState.Received or PrivacyRequestState.Verified) => true,
        (PrivacyRequestState.Approved, PrivacyRequestState.InProgress or PrivacyRequestState.Cancelled) => true,
        (PrivacyRequestState.InProgress, PrivacyRequestState.Partial or PrivacyRequestState.Complete) => true,
        (PrivacyRequestState.Partial, PrivacyRequestState.InProgress or PrivacyRequestState.Complete) => true,
        (PrivacyRequestState.Complete, PrivacyRequestState.InProgress or PrivacyRequestState.Partial) => true, // the person came back somewhere
        _ => false,
    };

    /// <summary>Whether tasks of the request may act.</summary>
    public static bool IsRunning(this PrivacyRequestState state) =>
        state is PrivacyRequestState.InProgress or PrivacyRequestState.Partial or PrivacyRequestState.Complete;

    /// <summary>Whether there is something that a receipt can say: work has begun, or an answer was given, be it one that is appealed.</summary>
    public static bool HasOutcome(this PrivacyRequestState state) => state == PrivacyRequestState.Appealed || state.IsRunning() || !state.IsOpen();

    /// <summary>Whether somebody still owes an answer.</summary>
    public static bool IsOpen(this PrivacyRequestState state) =>
        state is not (PrivacyRequestState.Complete or PrivacyRequestState.Denied or PrivacyRequestState.Cancelled or PrivacyRequestState.Rejected);
}
