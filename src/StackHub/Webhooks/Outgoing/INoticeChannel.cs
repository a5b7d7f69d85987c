namespace StackHub.Webhooks.Outgoing;

/// <summary>Carries a notice to its address.</summary>
public interface INoticeChannel
{
    /// <summary>Null when it was taken; otherwise why not, in words without a secret.</summary>
    Task<string?> PostAsync(Uri address, IReadOnlyDictionary<string, string> headers, string body, CancellationToken cancellationToken);
}
