using System.Collections.Concurrent;
using Azure;
using Azure.Core;
using Azure.Identity;
using Azure.Security.KeyVault.Secrets;
using StackHub.Configuration;

namespace StackHub.Cloud;

/// <summary>
/// Secrets in a Key Vault: keyvault:NAME. A value is remembered and asked for again after a while; while the vault is away the last one
/// goes on being served. It prints no secret.
/// </summary>
public sealed class KeyVaultSecrets(SecretClient client, TimeProvider time) : ISecretSource
{
    /// <summary>How old a value may be before the vault is asked again.</summary>
    public static readonly TimeSpan RefreshAfter = TimeSpan.FromMinutes(5);

    /// <summary>How long an absent vault is left alone.</summary>
    public static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<string, Kept> kept = new(StringComparer.OrdinalIgnoreCase);
    private readonly SemaphoreSlim asking = new(1, 1);

    public KeyVaultSecrets(Uri vault, TokenCredential credential, TimeProvider time)
        : this(new SecretClient(vault, credential, Options()), time)
    {
    }

    public string Scheme => "keyvault";

    public async Task<string?> FindAsync(string name, CancellationToken cancellationToken)
    {
        if (Fresh(name) is { } known)
            return known.Value;
        await asking.WaitAsync(cancellationToken);
        try
        {
            return (Fresh(name) ?? (kept[name] = await AskAsync(name, cancellationToken))).Value;
        }
        finally
        {
            asking.Release();
        }
    }

    public void Expire()
    {
        foreach (var (name, value) in kept)
            kept.TryUpdate(name, new(value.Value, DateTimeOffset.MinValue), value);
    }

    /// <summary>Without logging: request lines hold secrets' names, and failures are told by type.</summary>
    internal static SecretClientOptions Options() => new()
    {
        Diagnostics = { IsLoggingEnabled = false },
        Retry = { MaxRetries = 3, NetworkTimeout = TimeSpan.FromSeconds(10) },
    };

    private Kept? Fresh(string name) => kept.TryGetValue(name, out var value) && value.FreshUntil > time.GetUtcNow() ? value : null;

    private async Task<Kept> AskAsync(string name, CancellationToken cancellationToken)
    {
        try
        {
            var secret = await client.GetSecretAsync(name, cancellationToken: cancellationToken);
            return new(secret.Value.Value, time.GetUtcNow() + RefreshAfter);
        }
        catch (RequestFailedException e) when (e.Status == 404)
        {
            return new(null, time.GetUtcNow() + RetryAfter);
        }
        catch (Exception e) when (e is RequestFailedException or AuthenticationFailedException or AggregateException)
        {
            return kept.TryGetValue(name, out var last) && last.Value is not null
                ? new(last.Value, time.GetUtcNow() + RetryAfter)
                : throw new SecretUnavailableException(Cure(e as RequestFailedException), e);
        }
    }

    private static string Cure(RequestFailedException? refusal) => refusal switch
    {
        { Status: 401 or 403 } => $"The vault refuses this app (HTTP {refusal.Status}, {refusal.ErrorCode}): give its identity the role Key Vault Secrets User, or enable the secret.",
        { Status: > 0 } => $"The vault answered HTTP {refusal.Status}: try again later.",
        { } => $"The vault did not answer: check {CloudSettings.KeyVault} and the network.",
        null => $"No identity to sign in with: set {CloudSettings.ClientId} in Azure, or sign in with 'az login'.",
    };

    /// <summary>A class: a record would print it.</summary>
    private sealed class Kept(string? value, DateTimeOffset freshUntil)
    {
        public string? Value => value;

        public DateTimeOffset FreshUntil => freshUntil;
    }
}
