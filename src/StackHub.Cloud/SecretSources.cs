using Azure.Identity;
using StackHub.Configuration;

namespace StackHub.Cloud;

/// <summary>Where a host's references lead: the environment, and the Key Vault it was given.</summary>
public static class SecretSources
{
    /// <param name="read">Reads an environment variable.</param>
    public static SecretResolver Resolver(Func<string, string?> read, TimeProvider time) => new(Of(read, time));

    public static IReadOnlyList<ISecretSource> Of(Func<string, string?> read, TimeProvider time) => read(CloudSettings.KeyVault) is { Length: > 0 } vault
        ? [new EnvironmentSecrets(read), Vault(vault, time)]
        : [new EnvironmentSecrets(read)];

    private static KeyVaultSecrets Vault(string address, TimeProvider time) => Uri.TryCreate(address, UriKind.Absolute, out var vault) && vault.Scheme == Uri.UriSchemeHttps
        ? new(vault, new DefaultAzureCredential(), time)
        : throw new SecretUnavailableException($"{CloudSettings.KeyVault} is no https address. Give it the vault's, such as https://name.vault.azure.net/.");
}
