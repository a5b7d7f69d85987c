namespace StackHub.Configuration;

/// <summary>
/// Replaces references in settings by the secrets they name, when a system starts. Afterwards the connector's own
/// <see cref="Connecting.IConnectorFactory.Problems"/> is asked once more, since only now it sees the values.
/// </summary>
public sealed class SecretResolver(IEnumerable<ISecretSource> sources)
{
    private readonly Dictionary<string, ISecretSource> byScheme = sources.ToDictionary(source => source.Scheme, StringComparer.Ordinal);

    public async Task<SecretResolution> ResolveAsync(IReadOnlyDictionary<string, string> settings, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(settings);
        var resolved = new Dictionary<string, string>(settings.Count, StringComparer.Ordinal);
        var problems = new List<string>();
        foreach (var (name, value) in settings.OrderBy(setting => setting.Key, StringComparer.Ordinal))
        {
            if (SecretReference.Parse(value) is not { } reference)
                resolved[name] = value;
            else if (await FindAsync(name, reference, problems, cancellationToken) is { } secret)
                resolved[name] = secret;
        }
        return problems.Count > 0 ? new SecretResolution.Unresolved(problems) : new SecretResolution.Resolved(resolved);
    }

    /// <summary>A vendor refused a secret: the next answer comes from where they are kept.</summary>
    public void Expire()
    {
        foreach (var source in byScheme.Values)
            source.Expire();
    }

    private async Task<string?> FindAsync(string setting, SecretReference reference, List<string> problems, CancellationToken cancellationToken)
    {
        if (!byScheme.TryGetValue(reference.Scheme, out var source))
        {
            problems.Add($"Setting '{setting}' is {reference}, but nothing here reads {reference.Scheme}: references. {NoSource(reference)}");
            return null;
        }
        try
        {
            if (await source.FindAsync(reference.Name, cancellationToken) is { Length: > 0 } secret)
                return secret;
            problems.Add($"Setting '{setting}' is {reference}, which is missing or empty. {Missing(reference)}");
        }
        catch (SecretUnavailableException e)
        {
            problems.Add($"Setting '{setting}' is {reference}, which cannot be read. {e.Message}");
        }
        return null;
    }

    private static string NoSource(SecretReference reference) => reference.Scheme == SecretReference.KeyVault
        ? "Give this host a Key Vault (STACKHUB_KEYVAULT), or use env:NAME."
        : "Use a reference this host reads.";

    private static string Missing(SecretReference reference) => reference.Scheme == SecretReference.Environment
        ? $"Set the environment variable {reference.Name}."
        : $"Add the secret {reference.Name}.";
}
