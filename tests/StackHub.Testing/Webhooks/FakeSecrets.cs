using StackHub.Configuration;

namespace StackHub.Testing.Webhooks;

/// <summary>One secret, of whatever name: the example of Standard Webhooks.</summary>
public sealed class FakeSecrets : ISecretSource
{
    public const string Value = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    public string Scheme => "env";

    public Task<string?> FindAsync(string name, CancellationToken cancellationToken) => Task.FromResult<string?>(Value);

    public void Expire()
    {
    }
}
