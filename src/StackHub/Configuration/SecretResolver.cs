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
            else if (!byScheme.TryGetValue(reference.Scheme, out var source))
                problems.Add($"Setting '{name}' is {reference}, but nothing here reads {reference.Scheme}: references. {NoSource(reference)}");
            else if (await source.FindAsync(reference.Name, cancellationToken) is { Length: > 0 } secret)
                resolved[name] = secret;
            else
                problems.Add($"Setting '{name}' is {reference}, which is missing or empty. {Missing(reference)}");
        }
        return problems.Count > 0 ? new SecretResolution.Unresolved(problems) : new SecretResolution.Resolved(resolved);
    }

    private static string NoSource(SecretReference reference) => reference.Scheme == SecretReference.KeyVault
        ? "Give this host a Key Vault, or use env:NAME."
        : "Use a reference this host reads.";

    private static string Missing(SecretReference reference) => reference.Scheme == SecretReference.Environment
        ? $"Set the environment variable {reference.Name}."
        : $"Add the secret {reference.Name}.";
}
