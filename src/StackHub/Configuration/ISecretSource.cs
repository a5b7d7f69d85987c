namespace StackHub.Configuration;

/// <summary>A place secrets are kept.</summary>
public interface ISecretSource
{
    /// <summary>What stands before the colon in a reference: "env", "keyvault".</summary>
    string Scheme { get; }

    /// <summary>Null when there is no such secret; throws <see cref="SecretUnavailableException"/> when the place cannot be asked and never was.</summary>
    Task<string?> FindAsync(string name, CancellationToken cancellationToken);

    /// <summary>A vendor refused what came from here: what is remembered is to be asked for again.</summary>
    void Expire()
    {
    }
}

/// <summary>The place a secret is kept does not let itself be asked; the message is the cure and quotes nothing.</summary>
public sealed class SecretUnavailableException(string message, Exception? inner = null) : Exception(message, inner);
