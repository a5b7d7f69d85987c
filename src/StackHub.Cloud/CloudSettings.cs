namespace StackHub.Cloud;

/// <summary>
/// The environment variables and app settings a host reads: the one place their names are written. A test holds
/// <c>infra/</c> and <c>local.settings.sample.json</c> to it.
/// </summary>
public static class CloudSettings
{
    /// <summary>Path of stackhub.yaml, from the app's folder.</summary>
    public const string Configuration = "STACKHUB_CONFIG";

    /// <summary>The hub's key: 32 bytes or more in base64.</summary>
    public const string HubKey = "STACKHUB_KEY";

    /// <summary>The vault behind keyvault: references ("https://name.vault.azure.net/").</summary>
    public const string KeyVault = "STACKHUB_KEYVAULT";

    /// <summary>The hub's storage account: a connection string ("UseDevelopmentStorage=true"), or instead of it the three addresses. The queue triggers' "connection" too.</summary>
    public const string Storage = "STACKHUB_STORAGE";
    public const string StorageTables = Storage + "__tableServiceUri";
    public const string StorageQueues = Storage + "__queueServiceUri";
    public const string StorageBlobs = Storage + "__blobServiceUri";

    /// <summary>"managedidentity", and which one: read by the Functions host for the queue triggers.</summary>
    public const string StorageCredential = Storage + "__credential";
    public const string StorageClientId = Storage + "__clientId";

    /// <summary>The app's user-assigned identity: read by DefaultAzureCredential.</summary>
    public const string ClientId = "AZURE_CLIENT_ID";

    /// <summary>Where traces and metrics go; without it nothing is exported.</summary>
    public const string OtlpEndpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";

    /// <summary>Set by the Functions host for the process it starts.</summary>
    public const string HandlerPort = "FUNCTIONS_CUSTOMHANDLER_PORT";

    /// <summary>What a deployed app must be given.</summary>
    public static readonly IReadOnlyList<string> Deployed =
        [Configuration, HubKey, KeyVault, StorageTables, StorageQueues, StorageBlobs, StorageCredential, StorageClientId, ClientId];

    /// <summary>The Functions host's own storage (timers' locks, keys), reached with the app's identity.</summary>
    public static readonly IReadOnlyList<string> HostStorage =
    [
        "AzureWebJobsStorage__blobServiceUri", "AzureWebJobsStorage__queueServiceUri", "AzureWebJobsStorage__tableServiceUri",
        "AzureWebJobsStorage__credential", "AzureWebJobsStorage__clientId",
    ];
}
