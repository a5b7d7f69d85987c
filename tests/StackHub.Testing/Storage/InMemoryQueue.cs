using System.Globalization;
using StackHub.Storage;

namespace StackHub.Testing.Storage;

/// <summary>A queue in memory: ordered by visible time, then insertion. Operations: send, receive, extend, delete, count, peek.</summary>
public sealed class InMemoryQueue(TimeProvider time) : InMemoryStore, IMessageQueue
{
    private readonly Dictionary<string, List<Entry>> queues = new(StringComparer.Ordinal);
    private readonly Lock bellGate = new();
    private TaskCompletionSource bell = NewBell();
    private long stamp;

    private DateTimeOffset Now => time.GetUtcNow();

    public async Task SendAsync(string queue, string body, TimeSpan delay, CancellationToken cancellationToken)
    {
        QueueLimits.CheckName(queue);
        QueueLimits.CheckBody(body);
        QueueLimits.CheckDelay(delay);
        await StepAsync($"queue.send {queue}", () =>
        {
            var now = Now;
            Entries(queue).Add(new Entry(++stamp, body, now) { Visible = now + delay });
            return true;
        }, cancellationToken);
        Ring();
    }

    public Task<IReadOnlyList<QueueMessage>> ReceiveAsync(string queue, int max, TimeSpan visibility, CancellationToken cancellationToken)
    {
        QueueLimits.CheckName(queue);
        QueueLimits.CheckReceive(max, visibility);
        return StepAsync<IReadOnlyList<QueueMessage>>($"queue.receive {queue}", () =>
        {
            var due = Due(queue, max);
            foreach (var entry in due)
            {
                entry.Hide(Now + visibility, ++stamp);
                entry.Count++;
            }
            return due.ConvertAll(entry => entry.Message(queue));
        }, cancellationToken);
    }

    public async Task<QueueMessage?> ExtendAsync(QueueMessage message, TimeSpan visibility, CancellationToken cancellationToken)
    {
        QueueLimits.CheckDelay(visibility);
        var extended = await StepAsync($"queue.extend {message.Queue}", () =>
        {
            if (Find(message) is not { } entry)
                return null;
            entry.Hide(Now + visibility, ++stamp);
            return message with { Receipt = entry.Receipt };
        }, cancellationToken);
        Ring();
        return extended;
    }

    public Task<bool> DeleteAsync(QueueMessage message, CancellationToken cancellationToken) =>
        StepAsync($"queue.delete {message.Queue}", () => Find(message) is { } entry && Entries(message.Queue).Remove(entry), cancellationToken);

    public Task<int> CountAsync(string queue, CancellationToken cancellationToken)
    {
        QueueLimits.CheckName(queue);
        return StepAsync($"queue.count {queue}", () => Entries(queue).Count, cancellationToken);
    }

    public Task<IReadOnlyList<QueueMessage>> PeekAsync(string queue, int max, CancellationToken cancellationToken)
    {
        QueueLimits.CheckName(queue);
        QueueLimits.CheckPeek(max);
        return StepAsync<IReadOnlyList<QueueMessage>>($"queue.peek {queue}", () => Due(queue, max).ConvertAll(entry => entry.Message(queue) with { Receipt = "" }), cancellationToken);
    }

    public async Task WaitAsync(string queue, TimeSpan timeout, CancellationToken cancellationToken)
    {
        QueueLimits.CheckName(queue);
        var deadline = Now + timeout;
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var ring = NextRing();
            var visible = NextVisible(queue) ?? DateTimeOffset.MaxValue;
            var now = Now;
            if (visible <= now || deadline <= now)
                return;
            using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            await Task.WhenAny(ring, Task.Delay((visible < deadline ? visible : deadline) - now + TimeSpan.FromMilliseconds(1), time, over.Token));
            await over.CancelAsync();
        }
    }

    private static TaskCompletionSource NewBell() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private void Ring()
    {
        lock (bellGate)
        {
            bell.TrySetResult();
            bell = NewBell();
        }
    }

    private Task NextRing()
    {
        lock (bellGate)
            return bell.Task;
    }

    private DateTimeOffset? NextVisible(string queue) =>
        Locked(() => Entries(queue) is { Count: > 0 } entries ? entries.Min(entry => entry.Visible) : (DateTimeOffset?)null);

    private List<Entry> Due(string queue, int max)
    {
        var now = Now;
        return [.. Entries(queue).Where(entry => entry.Visible <= now).OrderBy(entry => entry.Visible).ThenBy(entry => entry.Id).Take(max)];
    }

    private Entry? Find(QueueMessage message) =>
        Entries(message.Queue).Find(entry => entry.IdText == message.Id && entry.Receipt == message.Receipt && message.Receipt.Length > 0);

    private List<Entry> Entries(string queue) => queues.TryGetValue(queue, out var entries) ? entries : queues[queue] = [];

    private sealed class Entry(long id, string body, DateTimeOffset inserted)
    {
        public long Id { get; } = id;

        public string IdText { get; } = id.ToString(CultureInfo.InvariantCulture);

        public DateTimeOffset Visible { get; set; }

        public string Receipt { get; private set; } = "";

        public int Count { get; set; }

        public void Hide(DateTimeOffset until, long stamp) =>
            (Visible, Receipt) = (until, stamp.ToString(CultureInfo.InvariantCulture));

        public QueueMessage Message(string queue) => new(queue, IdText, Receipt, body, Count, inserted);
    }
}
