using Azure.Core;
using Azure.Identity;
using StackHub.AzureStorage;
using StackHub.Cloud;
using StackHub.Hosting;

namespace StackHub.Functions;

/// <summary>
/// The hub's storage account, by the settings the host's queue triggers go by too: a connection string, or the addresses of the three
/// services with the app's managed identity.
/// </summary>
internal static class StorageSettings
{
    public static AzureStorageOptions Read(Func<string, string?> setting)
    {
        if (setting(CloudSettings.Storage) is { Length: > 0 } connection)
            return new() { ConnectionString = connection };
        var options = new AzureStorageOptions
        {
            TableUri = Address(CloudSettings.StorageTables),
            QueueUri = Address(CloudSettings.StorageQueues),
            BlobUri = Address(CloudSettings.StorageBlobs),
            Credential = Identity(setting(CloudSettings.StorageClientId)),
        };
        return options.Problems().Any()
            ? throw new HubStartException($"No storage account: set {CloudSettings.Storage} to a connection string, or {CloudSettings.StorageTables}, {CloudSettings.StorageQueues} and {CloudSettings.StorageBlobs} to the services' addresses and give the app's managed identity the roles Storage Table Data Contributor, Storage Queue Data Contributor and Storage Blob Data Contributor.")
            : options;

        Uri? Address(string name) => Uri.TryCreate(setting(name), UriKind.Absolute, out var address) ? address : null;
    }

    /// <summary>Without a client id it is the app's own identity, or the developer's sign-in at home.</summary>
    private static TokenCredential? Identity(string? clientId) =>
        clientId is { Length: > 0 } ? new ManagedIdentityCredential(ManagedIdentityId.FromUserAssignedClientId(clientId)) : null;
}
