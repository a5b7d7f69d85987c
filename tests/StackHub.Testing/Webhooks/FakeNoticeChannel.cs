using StackHub.Security;
using StackHub.Webhooks.Outgoing;

namespace StackHub.Testing.Webhooks;

/// <summary>Keeps what was sent outside instead of sending it.</summary>
public sealed class FakeNoticeChannel : INoticeChannel
{
    public List<(string Id, IReadOnlyDictionary<string, string> Headers, string Body)> Sent { get; } = [];

    /// <summary>Why the other side did not take it; null when it does.</summary>
    public string? Answer { get; set; }

    public Task<string?> PostAsync(Uri address, IReadOnlyDictionary<string, string> headers, string body, CancellationToken cancellationToken)
    {
        Sent.Add((headers[StandardWebhook.IdHeader], headers, body));
        return Task.FromResult(Answer);
    }
}
