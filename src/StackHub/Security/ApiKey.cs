using System.Collections.Immutable;

namespace StackHub.Security;

/// <summary>An API key as the hub keeps it: everything but the key.</summary>
/// <param name="Id">The public part of the key, by which it is found, shown and revoked.</param>
public sealed record ApiKey(string Id, string Name, ImmutableArray<Role> Roles, DateTimeOffset CreatedAt)
{
    /// <summary>The day it was last used; days only, so that use costs one write a day.</summary>
    public DateOnly? LastUsedOn { get; init; }

    public DateTimeOffset? RevokedAt { get; init; }

    public override string ToString() => $"API key {Id}";
}

/// <summary>A new key, shown once: <paramref name="Secret"/> is what the caller sends.</summary>
public sealed record NewApiKey(ApiKey Key, string Secret)
{
    public override string ToString() => Key.ToString();
}
