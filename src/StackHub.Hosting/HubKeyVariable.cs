using StackHub.Cloud;
using StackHub.Security;

namespace StackHub.Hosting;

/// <summary>The hub's key from the environment: base64 of 32 random bytes or more.</summary>
public static class HubKeyVariable
{
    public const string Name = CloudSettings.HubKey;
    private const int Least = 32;

    /// <summary>Null when the variable is not set.</summary>
    public static HubKeys? Read()
    {
        if (Environment.GetEnvironmentVariable(Name) is not { Length: > 0 } text)
            return null;
        var key = new byte[text.Length];
        return Convert.TryFromBase64String(text, key, out var length) && length >= Least
            ? new HubKeys(key.AsSpan(0, length))
            : throw new HubStartException($"{Name} is not base64 of {Least} bytes or more. Make one with 'openssl rand -base64 32'.");
    }
}
