using StackHub.Cloud;
using StackHub.Hosting;

namespace StackHub.Functions.Tests;

public sealed class StorageSettingsTests
{
    [Fact]
    public void A_connection_string_goes_before_everything_else() =>
        Assert.Equal("UseDevelopmentStorage=true", Read((CloudSettings.Storage, "UseDevelopmentStorage=true"), (CloudSettings.StorageTables, "https://acme.table.core.windows.net")).ConnectionString);

    [Fact]
    public void Addresses_come_with_an_identity_named_by_its_client_id()
    {
        var options = Read(
            (CloudSettings.StorageTables, "https://acme.table.core.usgovcloudapi.net"),
            (CloudSettings.StorageQueues, "https://acme.queue.core.usgovcloudapi.net"),
            (CloudSettings.StorageBlobs, "https://acme.blob.core.usgovcloudapi.net"),
            (CloudSettings.StorageClientId, "f9a3dbb3-4a27-4a9c-9f5c-3a5f2f5a0f5b"));

        Assert.Equal("acme.queue.core.usgovcloudapi.net", options.QueueUri!.Host);
        Assert.NotNull(options.Credential);
    }

    [Fact]
    public void Without_an_account_the_settings_are_named()
    {
        var message = Assert.Throws<HubStartException>(() => Read((CloudSettings.StorageTables, "https://acme.table.core.windows.net"))).Message;

        Assert.All([CloudSettings.Storage, CloudSettings.StorageTables, CloudSettings.StorageQueues, CloudSettings.StorageBlobs], name => Assert.Contains(name, message, StringComparison.Ordinal));
    }

    private static AzureStorage.AzureStorageOptions Read(params (string Name, string Value)[] settings) =>
        StorageSettings.Read(name => settings.FirstOrDefault(setting => setting.Name == name).Value);
}
