using StackHub.Configuration;

namespace StackHub.Cloud.Tests;

public sealed class SecretSourcesTests
{
    [Fact]
    public void Without_a_vault_only_the_environment_is_read() => Assert.Equal(["env"], Of(null).Select(source => source.Scheme));

    [Fact]
    public void A_vault_is_read_beside_it() => Assert.Equal(["env", "keyvault"], Of("https://hub.vault.azure.net/").Select(source => source.Scheme));

    [Theory]
    [InlineData("hub")]
    [InlineData("http://hub.vault.azure.net/")]
    public void An_address_that_is_none_is_refused_with_its_cure(string address) =>
        Assert.Equal("STACKHUB_KEYVAULT is no https address. Give it the vault's, such as https://name.vault.azure.net/.", Assert.Throws<SecretUnavailableException>(() => Of(address)).Message);

    private static IReadOnlyList<ISecretSource> Of(string? vault) => SecretSources.Of(name => name == CloudSettings.KeyVault ? vault : null, TimeProvider.System);
}
