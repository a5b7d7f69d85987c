using Azure.Core;
using Azure.Data.Tables;
using Azure.Identity;
using Azure.Storage.Blobs;
using Azure.Storage.Queues;
using StackHub.AzureStorage.Calls;

namespace StackHub.AzureStorage;

/// <summary>One storage account's clients: made once, used by all threads.</summary>
public sealed class AzureStorageAccount
{
    public AzureStorageAccount(AzureStorageOptions options)
    {
        if (options.Problems().ToArray() is { Length: > 0 } problems)
            throw new ArgumentException(string.Join(Environment.NewLine, problems), nameof(options));
        Options = options;
        var (tables, queues, blobs) = (Configured(new TableClientOptions(), "table"), Configured(new QueueClientOptions(), "queue"), Configured(new BlobClientOptions(), "blob"));
        // The bodies are text as they are, so that the Functions host needs "messageEncoding": "none".
        queues.MessageEncoding = QueueMessageEncoding.None;
        BlobServiceClient blobService;
        if (options.ConnectionString is { } connection)
        {
            Tables = new TableServiceClient(connection, tables);
            Queues = new QueueServiceClient(connection, queues);
            blobService = new BlobServiceClient(connection, blobs);
        }
        else
        {
            var credential = options.Credential ?? new DefaultAzureCredential();
            Tables = new TableServiceClient(options.TableUri, credential, tables);
            Queues = new QueueServiceClient(options.QueueUri, credential, queues);
            blobService = new BlobServiceClient(options.BlobUri, credential, blobs);
        }
        Container = blobService.GetBlobContainerClient(options.Container);
    }

    internal AzureStorageOptions Options { get; }

    internal TableServiceClient Tables { get; }

    internal QueueServiceClient Queues { get; }

    internal BlobContainerClient Container { get; }

    private T Configured<T>(T client, string service)
        where T : ClientOptions
    {
        client.Retry.Mode = RetryMode.Exponential;
        client.Retry.MaxRetries = Options.Retries;
        client.Retry.Delay = Options.RetryDelay;
        client.Retry.MaxDelay = Options.MaxRetryDelay;
        client.Retry.NetworkTimeout = Options.TryTimeout;
        // Addresses hold row keys and blob names, and a log is read by more people than the store.
        client.Diagnostics.IsLoggingEnabled = false;
        client.AddPolicy(new OneFailure(), HttpPipelinePosition.PerCall);
        client.AddPolicy(new CountTries(), HttpPipelinePosition.PerRetry);
        client.AddPolicy(new MeterRequests(service), HttpPipelinePosition.PerRetry);
        foreach (var policy in Options.Policies)
            client.AddPolicy(policy, HttpPipelinePosition.PerRetry);
        if (Options.Transport is { } transport)
            client.Transport = transport;
        return client;
    }
}
