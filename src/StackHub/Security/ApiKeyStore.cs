using System.Globalization;
using System.Security.Cryptography;
using StackHub.Storage;

namespace StackHub.Security;

/// <summary>API keys in the table store, hashed: a key that was read there opens nothing. 256 random bits need no slow hash.</summary>
public sealed class ApiKeyStore(ITableStore tables, TimeProvider time)
{
    /// <summary>How every key begins.</summary>
    public const string Prefix = ApiKeyText.Prefix;

    private const string Partition = "key";
    private const int MaxName = 100;

    /// <summary>Makes a key; its secret is in the answer and nowhere else.</summary>
    public async Task<NewApiKey> CreateAsync(string name, IReadOnlyCollection<Role> roles, CancellationToken cancellationToken)
    {
        if (name.Length is 0 or > MaxName)
            throw new ArgumentException($"A key's name has 1 to {MaxName} characters.", nameof(name));
        if (roles.Count == 0)
            throw new ArgumentException("A key has at least one role.", nameof(roles));
        var (id, text) = ApiKeyText.New();
        var key = new ApiKey(id, name, [.. roles.Distinct().Order()], time.GetUtcNow());
        await tables.InsertAsync(Tables.ApiKeys, ToRow(key, ApiKeyText.Hash(text)), cancellationToken);
        return new(key, text);
    }

    /// <summary>The key that a caller presented; null when there is none, it is another, or it was revoked.</summary>
    public async Task<ApiKey?> FindAsync(string presented, CancellationToken cancellationToken)
    {
        if (ApiKeyText.IdOf(presented) is not { } id || await tables.GetAsync(Tables.ApiKeys, Partition, id, cancellationToken) is not { } row)
            return null;
        var key = Of(row);
        if (!CryptographicOperations.FixedTimeEquals(ApiKeyText.Hash(presented), row.Bytes("Hash")) || key.RevokedAt is not null)
            return null;
        return await UsedAsync(key, row, cancellationToken);
    }

    /// <summary>Revoked or not; null when there never was one of this id.</summary>
    public async Task<ApiKey?> GetAsync(string id, CancellationToken cancellationToken) =>
        await tables.GetAsync(Tables.ApiKeys, Partition, id, cancellationToken) is { } row ? Of(row) : null;

    public async Task<IReadOnlyList<ApiKey>> ListAsync(CancellationToken cancellationToken)
    {
        var keys = new List<ApiKey>();
        await foreach (var row in tables.RowsAsync(Tables.ApiKeys, TableRange.In(Partition), cancellationToken))
            keys.Add(Of(row));
        return keys;
    }

    /// <summary>False when there is no key of this id. A revoked key stays in the list and never works again.</summary>
    public async Task<bool> RevokeAsync(string id, CancellationToken cancellationToken)
    {
        while (await tables.GetAsync(Tables.ApiKeys, Partition, id, cancellationToken) is { } row)
        {
            var key = Of(row);
            if (key.RevokedAt is not null || (await ReplaceAsync(key with { RevokedAt = time.GetUtcNow() }, row, cancellationToken)).Done)
                return true;
        }
        return false;
    }

    /// <summary>Another process that notes the same day, or a revocation, wins over the note.</summary>
    private async Task<ApiKey> UsedAsync(ApiKey key, TableRow row, CancellationToken cancellationToken)
    {
        var today = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);
        if (key.LastUsedOn == today)
            return key;
        var used = key with { LastUsedOn = today };
        await ReplaceAsync(used, row, cancellationToken);
        return used;
    }

    private Task<TableWrite> ReplaceAsync(ApiKey key, TableRow row, CancellationToken cancellationToken) =>
        tables.WriteAsync(Tables.ApiKeys, new TableAction.Replace(ToRow(key, row.Bytes("Hash")!), row.ETag!), cancellationToken);

    private static TableRow ToRow(ApiKey key, byte[] hash)
    {
        var values = new Dictionary<string, object>
        {
            ["Hash"] = hash,
            ["Name"] = key.Name,
            ["Roles"] = string.Join(',', key.Roles.Select(RoleNames.Of)),
            ["CreatedAt"] = key.CreatedAt,
        };
        if (key.LastUsedOn is { } day)
            values["LastUsedOn"] = day.ToString("O", CultureInfo.InvariantCulture);
        if (key.RevokedAt is { } revoked)
            values["RevokedAt"] = revoked;
        return new(Partition, key.Id, values);
    }

    private static ApiKey Of(TableRow row) => new(
        row.Row,
        row.Text("Name")!,
        [.. row.Text("Roles")!.Split(',').Select(RoleNames.Parse).OfType<Role>()],
        row.Value<DateTimeOffset>("CreatedAt")!.Value)
    {
        LastUsedOn = row.Text("LastUsedOn") is { } day ? DateOnly.ParseExact(day, "O", CultureInfo.InvariantCulture) : null,
        RevokedAt = row.Value<DateTimeOffset>("RevokedAt"),
    };
}
