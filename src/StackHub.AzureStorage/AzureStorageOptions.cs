using Azure.Core;
using Azure.Core.Pipeline;
using StackHub.Storage;

namespace StackHub.AzureStorage;

/// <summary>Which storage account, and how it is called: by connection string, or by three addresses and a token. It prints no secret.</summary>
public sealed record AzureStorageOptions
{
    /// <summary>With the account's key; "UseDevelopmentStorage=true" is the emulator on its usual ports. It goes before the addresses.</summary>
    public string? ConnectionString { get; init; }

    public Uri? TableUri { get; init; }

    public Uri? QueueUri { get; init; }

    public Uri? BlobUri { get; init; }

    /// <summary>Null is <c>DefaultAzureCredential</c>: the app's managed identity in Azure, the developer's own sign-in at home.</summary>
    public TokenCredential? Credential { get; init; }

    /// <summary>The container of all blobs.</summary>
    public string Container { get; init; } = "stackhub";

    /// <summary>Tries after the first one; each waits twice as long as the one before it.</summary>
    public int Retries { get; init; } = 4;

    public TimeSpan RetryDelay { get; init; } = TimeSpan.FromMilliseconds(200);

    public TimeSpan MaxRetryDelay { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long one try may take.</summary>
    public TimeSpan TryTimeout { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>How long a waiting queue sleeps at most before it is worth a look.</summary>
    public TimeSpan PollInterval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Every request passes them, each retry anew: to count requests, or to break them in tests.</summary>
    public IReadOnlyList<HttpPipelinePolicy> Policies { get; init; } = [];

    /// <summary>Null is the shared HTTP transport.</summary>
    public HttpPipelineTransport? Transport { get; init; }

    /// <summary>Everything that is wrong with these options, each with its cure.</summary>
    public IEnumerable<string> Problems()
    {
        if (ConnectionString is null)
            foreach (var (name, address) in new[] { (nameof(TableUri), TableUri), (nameof(QueueUri), QueueUri), (nameof(BlobUri), BlobUri) })
                if (address is not { IsAbsoluteUri: true, Scheme: "https" })
                    yield return $"Azure Storage: give a {nameof(ConnectionString)}, or an https address as {name}.";
        if (!QueueLimits.IsName(Container)) // the same rule
            yield return $"Azure Storage: {nameof(Container)} '{Container}' is 3 to 63 lower-case letters, digits and single hyphens, starting and ending with a letter or digit.";
        if (Retries < 0)
            yield return $"Azure Storage: {nameof(Retries)} is 0 or more.";
        if (TryTimeout <= TimeSpan.Zero || PollInterval <= TimeSpan.Zero)
            yield return $"Azure Storage: {nameof(TryTimeout)} and {nameof(PollInterval)} are longer than nothing.";
    }

    public override string ToString() => ConnectionString is null ? $"Azure Storage at {TableUri?.Host}" : "Azure Storage by connection string";
}
