using StackHub.Configuration;

namespace StackHub.Tests.Configuration;

public sealed class SecretResolverTests
{
    private static readonly EnvironmentSecrets Variables = new(name => name switch { "TOKEN" => "s3cret", "EMPTY" => "", _ => null });

    [Fact]
    public async Task References_are_replaced_and_literals_stay()
    {
        var resolved = await Resolve(("token", "env:TOKEN"), ("url", "https://example.com"));

        var settings = Assert.IsType<SecretResolution.Resolved>(resolved).Settings;
        Assert.Equal(("s3cret", "https://example.com"), (settings["token"], settings["url"]));
    }

    [Fact]
    public async Task Every_missing_variable_is_named_at_once()
    {
        var resolved = await Resolve(("token", "env:TOKEN"), ("first", "env:EMPTY"), ("second", "env:NOWHERE"));

        Assert.Equal(
            [
                "Setting 'first' is env:EMPTY, which is missing or empty. Set the environment variable EMPTY.",
                "Setting 'second' is env:NOWHERE, which is missing or empty. Set the environment variable NOWHERE.",
            ],
            Assert.IsType<SecretResolution.Unresolved>(resolved).Problems);
    }

    [Fact]
    public async Task A_vault_reference_without_a_vault_is_a_problem()
    {
        var resolved = await Resolve(("token", "keyvault:sf-token"));

        Assert.Equal(
            ["Setting 'token' is keyvault:sf-token, but nothing here reads keyvault: references. Give this host a Key Vault (STACKHUB_KEYVAULT), or use env:NAME."],
            Assert.IsType<SecretResolution.Unresolved>(resolved).Problems);
    }

    [Fact]
    public async Task A_second_source_resolves_its_own_references()
    {
        var resolver = new SecretResolver([Variables, new Vault()]);

        var resolved = await resolver.ResolveAsync(new Dictionary<string, string> { ["token"] = "keyvault:sf-token" }, TestContext.Current.CancellationToken);

        Assert.Equal("from sf-token", Assert.IsType<SecretResolution.Resolved>(resolved).Settings["token"]);
    }

    [Fact]
    public async Task Nothing_resolved_is_ever_printed() => Assert.DoesNotContain("s3cret", (await Resolve(("token", "env:TOKEN"))).ToString(), StringComparison.Ordinal);

    private static Task<SecretResolution> Resolve(params (string Name, string Value)[] settings) =>
        new SecretResolver([Variables]).ResolveAsync(settings.ToDictionary(setting => setting.Name, setting => setting.Value), TestContext.Current.CancellationToken);

    private sealed class Vault : ISecretSource
    {
        public string Scheme => "keyvault";

        public Task<string?> FindAsync(string name, CancellationToken cancellationToken) => Task.FromResult<string?>($"from {name}");
    }
}
