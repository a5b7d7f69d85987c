using StackHub.Configuration;
using StackHub.Security;
using StackHub.Storage;

namespace StackHub.Audit.Gathering;

/// <summary>
/// Since when each system's secrets are the same. No vendor tells that, so the hub remembers a keyed hash of them and when it first saw it:
/// a credential is at least as old.
/// </summary>
public sealed class CredentialAges(ITableStore tables, HubKeys keys, SecretResolver secrets, TimeProvider time)
{
    private const string Partition = "credentials";

    /// <summary>Null when the system has no secrets, or they cannot be read now.</summary>
    public async Task<TimeSpan?> AgeAsync(SystemModel system, CancellationToken cancellationToken)
    {
        var referenced = system.Settings.Where(setting => SecretReference.Parse(setting.Value) is not null).ToDictionary(setting => setting.Key, setting => setting.Value, StringComparer.Ordinal);
        if (referenced.Count == 0 || await secrets.ResolveAsync(referenced, cancellationToken) is not SecretResolution.Resolved resolved)
            return null;
        var hash = keys.Hash("credential", string.Join('\n', resolved.Settings.OrderBy(setting => setting.Key, StringComparer.Ordinal).Select(setting => $"{setting.Key}={setting.Value}")));
        var now = time.GetUtcNow();
        if (await tables.GetAsync(Tables.Audit, Partition, system.Id.Name, cancellationToken) is { } known && known.Text("Hash") == hash)
            return now - known.Value<DateTimeOffset>("Since")!.Value;
        await tables.UpsertAsync(Tables.Audit, new(Partition, system.Id.Name, new Dictionary<string, object> { ["Hash"] = hash, ["Since"] = now }), cancellationToken);
        return TimeSpan.Zero;
    }
}
