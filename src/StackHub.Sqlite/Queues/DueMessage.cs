using StackHub.Storage;

namespace StackHub.Sqlite.Queues;

/// <summary>A visible message at its place.</summary>
internal readonly record struct DueMessage(long Id, long Visible, long Inserted, int Count, string Body)
{
    public QueueMessage Received(string queue, string receipt, int count) =>
        new(queue, Receipt.Id(Id), receipt, Body, count, new DateTimeOffset(Inserted, TimeSpan.Zero));
}
