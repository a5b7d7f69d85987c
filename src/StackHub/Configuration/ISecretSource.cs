namespace StackHub.Configuration;

/// <summary>A place secrets are kept.</summary>
public interface ISecretSource
{
    /// <summary>What stands before the colon in a reference: "env", "keyvault".</summary>
    string Scheme { get; }

    /// <summary>Null when there is no such secret.</summary>
    Task<string?> FindAsync(string name, CancellationToken cancellationToken);
}
