namespace StackHub.Privacy.OpenDsr;

/// <summary>A controller's request in the hub: by its number there, the hub's own number, and who is told of what becomes of it.</summary>
/// <param name="BodyHash">Of the body that came first: another body under the same number is another request.</param>
public sealed record OpenDsrEntry(string Controller, string SubjectRequestId, string Request, DateTimeOffset ReceivedTime, DateTimeOffset ExpectedCompletionTime, string BodyHash)
{
    public IReadOnlyList<Uri> Callbacks { get; init; } = [];

    /// <summary>What the controller was told last.</summary>
    public string Told { get; init; } = OpenDsrStatus.Pending;
}

/// <summary>The four states that OpenDSR knows.</summary>
public static class OpenDsrStatus
{
    public const string Pending = "pending";
    public const string InProgress = "in_progress";
    public const string Completed = "completed";
    public const string Cancelled = "cancelled";

    /// <summary>There is none for a denial: nothing will be done, as after a cancellation.</summary>
    public static string Of(PrivacyRequestState state) => state switch
    {
        PrivacyRequestState.Approved or PrivacyRequestState.InProgress or PrivacyRequestState.Partial => InProgress,
        PrivacyRequestState.Complete => Completed,
        PrivacyRequestState.Denied or PrivacyRequestState.Appealed or PrivacyRequestState.Cancelled or PrivacyRequestState.Rejected => Cancelled,
        _ => Pending,
    };

    public static bool IsEnd(string status) => status is Completed or Cancelled;
}
