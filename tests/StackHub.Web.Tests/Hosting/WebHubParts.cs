using StackHub.Testing.Storage;

namespace StackHub.Web.Tests.Hosting;

/// <summary>What a test may look into and break.</summary>
public sealed class WebHubParts
{
    public WebHubParts() => Queue = new(Time);

    public ManualTime Time { get; } = new();

    public InMemoryTables Tables { get; } = new();

    public InMemoryQueue Queue { get; }

    public InMemoryBlobs Blobs { get; } = new();

    public LogLines Log { get; } = new();

    /// <summary>Every store fails from now on.</summary>
    public void Break() => Tables.Before = Queue.Before = Blobs.Before = _ => throw new IOException("The disk with ada@lovelace.example is full.");
}
