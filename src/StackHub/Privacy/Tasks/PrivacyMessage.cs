using System.Text.Json;
using StackHub.Storage;
using StackHub.Suppression;

namespace StackHub.Privacy.Tasks;

/// <summary>What travels in the queue of privacy: ids only.</summary>
/// <param name="Task">The task to go on with; null for the request as a whole.</param>
/// <param name="Dropped">What sync did not take in, of somebody erased.</param>
/// <param name="Erased">Whom a system erased by itself.</param>
public sealed record PrivacyMessage(string? Request, string? Task, IReadOnlyList<DroppedWrite>? Dropped = null, IReadOnlyList<ErasedThere>? Erased = null)
{
    public static PrivacyMessage Parse(string body) => JsonSerializer.Deserialize(body, PrivacyJson.Default.PrivacyMessage)!;
}

/// <summary>Wakes requests and tasks.</summary>
public sealed class TaskSignals(IMessageQueue queue, DueTasks due, SystemCalls calls, TimeProvider time)
{
    /// <summary>A queue holds nothing back for longer; what has to wait longer is woken, and waits on.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromDays(6);

    public Task WakeAsync(RequestId request, CancellationToken cancellationToken) => SendAsync(new(request.ToString(), null), TimeSpan.Zero, cancellationToken);

    public async Task WakeAsync(RequestId request, string task, TimeSpan after, CancellationToken cancellationToken)
    {
        var delay = after < TimeSpan.Zero ? TimeSpan.Zero : after > Longest ? Longest : after;
        if (PrivacyTask.SystemOf(task) is var system && calls.MostAtOnce(system) > 1)
            await due.AddAsync(system, request, task, time.GetUtcNow() + delay, cancellationToken);
        await SendAsync(new(request.ToString(), task), delay, cancellationToken);
    }

    /// <summary>When the message comes that is sent for a moment.</summary>
    public static DateTimeOffset Comes(DateTimeOffset until, DateTimeOffset now) => until - now > Longest ? now + Longest : until;

    private Task SendAsync(PrivacyMessage message, TimeSpan delay, CancellationToken cancellationToken) =>
        queue.SendAsync(Queues.Privacy, JsonSerializer.Serialize(message, PrivacyJson.Default.PrivacyMessage), delay, cancellationToken);
}
