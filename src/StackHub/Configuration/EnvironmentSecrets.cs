namespace StackHub.Configuration;

/// <summary>Secrets in environment variables: env:NAME.</summary>
public sealed class EnvironmentSecrets(Func<string, string?> read) : ISecretSource
{
    public EnvironmentSecrets()
        : this(Environment.GetEnvironmentVariable)
    {
    }

    public string Scheme => SecretReference.Environment;

    public Task<string?> FindAsync(string name, CancellationToken cancellationToken) => Task.FromResult(read(name));
}
