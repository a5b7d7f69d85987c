using System.Net;
using StackHub.Configuration;
using StackHub.Testing.Connecting;

namespace StackHub.Cloud.Tests;

public sealed class KeyVaultSecretsTests
{
    private readonly FakeVault vault = new() { Secrets = { ["sf-token"] = "first" } };
    private readonly AdjustableTime time = new();

    [Fact]
    public async Task A_secret_is_asked_for_once_however_many_want_it()
    {
        var source = vault.Source(time);

        var found = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => source.FindAsync("sf-token", default)));

        Assert.All(found, secret => Assert.Equal("first", secret));
        Assert.Equal(1, vault.Asked);
    }

    [Fact]
    public async Task A_renewed_secret_is_seen_after_a_while()
    {
        var source = vault.Source(time);
        await source.FindAsync("sf-token", default);
        vault.Secrets["sf-token"] = "second";

        var atOnce = await source.FindAsync("sf-token", default);
        time.Advance(KeyVaultSecrets.RefreshAfter);

        Assert.Equal(("first", "second"), (atOnce, await source.FindAsync("sf-token", default)));
    }

    [Fact]
    public async Task A_refused_secret_is_asked_for_again_at_once()
    {
        var source = vault.Source(time);
        await source.FindAsync("sf-token", default);
        vault.Secrets["sf-token"] = "second";

        source.Expire();

        Assert.Equal("second", await source.FindAsync("sf-token", default));
    }

    [Theory]
    [InlineData(null)]
    [InlineData(HttpStatusCode.Forbidden)]
    [InlineData(HttpStatusCode.ServiceUnavailable)]
    public async Task The_last_value_is_served_while_the_vault_is_away(HttpStatusCode? failure)
    {
        var source = vault.Source(time);
        await source.FindAsync("sf-token", default);
        vault.Fails = failure;
        time.Advance(KeyVaultSecrets.RefreshAfter);

        var meanwhile = await source.FindAsync("sf-token", default);
        vault.Fails = HttpStatusCode.OK;
        vault.Secrets["sf-token"] = "second";
        time.Advance(KeyVaultSecrets.RetryAfter);

        Assert.Equal(("first", "second"), (meanwhile, await source.FindAsync("sf-token", default)));
    }

    [Fact]
    public async Task An_absent_vault_is_not_asked_by_every_caller()
    {
        var source = vault.Source(time);
        await source.FindAsync("sf-token", default);
        vault.Fails = HttpStatusCode.ServiceUnavailable;
        time.Advance(KeyVaultSecrets.RefreshAfter);
        var before = vault.Asked;

        for (var caller = 0; caller < 5; caller++)
            await source.FindAsync("sf-token", default);

        Assert.Equal(1, vault.Asked - before);
    }

    [Fact]
    public async Task A_vault_that_was_never_reached_is_a_problem_with_a_cure()
    {
        vault.Fails = HttpStatusCode.Forbidden;

        var answer = await new SecretResolver([vault.Source(time)]).ResolveAsync(new Dictionary<string, string> { ["token"] = "keyvault:sf-token" }, default);

        Assert.Equal(
            ["Setting 'token' is keyvault:sf-token, which cannot be read. The vault refuses this app (HTTP 403, Refused): give its identity the role Key Vault Secrets User, or enable the secret."],
            Assert.IsType<SecretResolution.Unresolved>(answer).Problems);
    }

    [Fact]
    public async Task A_secret_that_is_not_there_is_null() => Assert.Null(await vault.Source(time).FindAsync("nowhere", default));

    [Fact]
    public async Task Nothing_prints_a_secret()
    {
        var source = vault.Source(time);
        var answer = await new SecretResolver([source]).ResolveAsync(new Dictionary<string, string> { ["token"] = "keyvault:sf-token" }, default);

        Assert.DoesNotContain("first", $"{source} {answer}", StringComparison.Ordinal);
    }
}
