using System.Text.Json;
using StackHub.Storage;
using StackHub.Suppression;

namespace StackHub.Privacy.Tasks;

/// <summary>What travels in the queue of privacy: ids only.</summary>
/// <param name="Task">The task to go on with; null for the request as a whole.</param>
/// <param name="Dropped">What sync did not take in, of somebody erased.</param>
public sealed record PrivacyMessage(string? Request, string? Task, IReadOnlyList<DroppedWrite>? Dropped)
{
    public static PrivacyMessage Parse(string body) => JsonSerializer.Deserialize(body, PrivacyJson.Default.PrivacyMessage)!;
}

/// <summary>Wakes requests and tasks.</summary>
public sealed class TaskSignals(IMessageQueue queue)
{
    /// <summary>A queue holds nothing back for longer; what has to wait longer is woken, and waits on.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromDays(6);

    public Task WakeAsync(RequestId request, CancellationToken cancellationToken) => SendAsync(new(request.ToString(), null, null), TimeSpan.Zero, cancellationToken);

    public Task WakeAsync(RequestId request, string task, TimeSpan after, CancellationToken cancellationToken) =>
        SendAsync(new(request.ToString(), task, null), after < TimeSpan.Zero ? TimeSpan.Zero : after > Longest ? Longest : after, cancellationToken);

    private Task SendAsync(PrivacyMessage message, TimeSpan delay, CancellationToken cancellationToken) =>
        queue.SendAsync(Queues.Privacy, JsonSerializer.Serialize(message, PrivacyJson.Default.PrivacyMessage), delay, cancellationToken);
}
