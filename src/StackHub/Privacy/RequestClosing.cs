using StackHub.Privacy.Tasks;

namespace StackHub.Privacy;

/// <summary>
/// What ends with a request that was denied, taken back or never confirmed: its secret, what it knew of the person, its place among the
/// open ones. That place goes last, so that the timer finds one whose end a crash cut short.
/// </summary>
public sealed class RequestClosing(PrivacyStore store, RequestReceipts receipts, PrivacyTrail trail)
{
    /// <summary>Nothing more is done for it, and nothing was.</summary>
    public static bool IsOver(PrivacyRequest request) => !request.State.IsOpen() && request.State != PrivacyRequestState.Complete;

    public async Task CloseAsync(PrivacyRequest request, CancellationToken cancellationToken)
    {
        if (request.State is PrivacyRequestState.Cancelled or PrivacyRequestState.Rejected)
            await store.ShredAsync(request.Id, cancellationToken);
        await receipts.ForgetSecretAsync(request.Id, cancellationToken);
        await trail.CloseAsync(request.Id, cancellationToken);
        await store.CloseAsync(request.Id, cancellationToken);
    }
}
