namespace StackHub.Storage;

/// <summary>One receipt of a queued message; it prints without its body.</summary>
public sealed record QueueMessage(string Queue, string Id, string Receipt, string Body, int DequeueCount, DateTimeOffset InsertedAt)
{
    public override string ToString() => $"{Queue}/{Id} (received {DequeueCount}x)";
}
