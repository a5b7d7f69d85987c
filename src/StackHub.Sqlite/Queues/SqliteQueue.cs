using System.Text;
using StackHub.Sqlite.Engine;
using StackHub.Sqlite.Queues;
using StackHub.Storage;

namespace StackHub.Sqlite;

/// <summary>
/// Azure Storage Queues' semantics on the embedded store: ordered by visible time, then insertion. A queue exists from its first message.
/// </summary>
public sealed class SqliteQueue(SqliteDatabase database) : IMessageQueue
{
    private static readonly Query FindQueue = new("SELECT id FROM queues WHERE name = ?");
    private static readonly Query CreateQueue = new("INSERT INTO queues (name) VALUES (?) ON CONFLICT DO NOTHING");

    private readonly Names queues = new(database, FindQueue, CreateQueue, StringComparer.Ordinal);
    private readonly QueueBells bells = new();

    private DateTimeOffset Now => database.Time.GetUtcNow();

    public async Task SendAsync(string queue, string body, TimeSpan delay, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        QueueLimits.CheckName(queue);
        QueueLimits.CheckBody(body);
        QueueLimits.CheckDelay(delay);
        if (!queues.TryFind(queue, out var id))
            id = await queues.CreateAsync(queue);
        var now = Now;
        await database.WriteAsync((id, now.UtcTicks, (now + delay).UtcTicks, Encoding.UTF8.GetBytes(body)), Messages.Send);
        bells.Ring(id);
    }

    public async Task<IReadOnlyList<QueueMessage>> ReceiveAsync(string queue, int max, TimeSpan visibility, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        QueueLimits.CheckName(queue);
        QueueLimits.CheckReceive(max, visibility);
        if (!queues.TryFind(queue, out var id))
            return [];
        var now = Now;
        return await database.WriteAsync((queue, id, max, now.UtcTicks, (now + visibility).UtcTicks), Messages.Receive);
    }

    public async Task<QueueMessage?> ExtendAsync(QueueMessage message, TimeSpan visibility, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        QueueLimits.CheckDelay(visibility);
        if (!TryPlace(message, out var queue, out var id, out var receipt))
            return null;
        var extended = await database.WriteAsync((queue, id, receipt, (Now + visibility).UtcTicks), Messages.Extend);
        if (extended is null)
            return null;
        bells.Ring(queue);
        return message with { Receipt = extended.Value.ToString() };
    }

    public Task<bool> DeleteAsync(QueueMessage message, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return TryPlace(message, out var queue, out var id, out var receipt)
            ? database.WriteAsync((queue, id, receipt), Messages.Delete)
            : Task.FromResult(false);
    }

    public Task<int> CountAsync(string queue, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        QueueLimits.CheckName(queue);
        return Task.FromResult(queues.TryFind(queue, out var id) ? database.Read(id, Messages.Count) : 0);
    }

    public Task<IReadOnlyList<QueueMessage>> PeekAsync(string queue, int max, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        QueueLimits.CheckName(queue);
        QueueLimits.CheckPeek(max);
        IReadOnlyList<QueueMessage> messages = queues.TryFind(queue, out var id)
            ? database.Read((id, Now.UtcTicks, max), Messages.Find).ConvertAll(due => due.Received(queue, "", due.Count))
            : [];
        return Task.FromResult(messages);
    }

    public async Task WaitAsync(string queue, TimeSpan timeout, CancellationToken cancellationToken)
    {
        QueueLimits.CheckName(queue);
        if (!queues.TryFind(queue, out var id))
            id = await queues.CreateAsync(queue);
        var deadline = Now + timeout;
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var ring = bells.NextRing(id);
            var now = Now;
            var visible = database.Read(id, Messages.NextVisible) ?? long.MaxValue;
            if (visible <= now.UtcTicks || now >= deadline)
                return;
            var end = Math.Min(Math.Min(visible, deadline.UtcTicks), (now + database.Options.PollInterval).UtcTicks);
            await WaitForAsync(ring, new TimeSpan(end - now.UtcTicks), cancellationToken);
        }
    }

    private async Task WaitForAsync(Task ring, TimeSpan longest, CancellationToken cancellationToken)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        // A timer may fire up to a millisecond early; without the extra one the loop would spin through it.
        await Task.WhenAny(ring, Task.Delay(longest + TimeSpan.FromMilliseconds(1), database.Time, over.Token));
        await over.CancelAsync();
    }

    private bool TryPlace(QueueMessage message, out int queue, out long id, out Receipt receipt)
    {
        (queue, id, receipt) = (0, 0, default);
        if (Receipt.TryParse(message.Receipt) is not { } parsed)
            return false;
        receipt = parsed;
        return Receipt.TryId(message, out id) && queues.TryFind(message.Queue, out queue);
    }
}
