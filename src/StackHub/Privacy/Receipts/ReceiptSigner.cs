using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using StackHub.Security;
using StackHub.Storage;

namespace StackHub.Privacy.Receipts;

/// <summary>Signs receipts (JWS, ES256) with a key of the hub's own that it makes when it first signs and keeps sealed.</summary>
public sealed class ReceiptSigner(ITableStore tables, HubKeys keys)
{
    public const string Algorithm = "ES256";
    public const string Type = "stackhub-receipt+jwt";

    private const string Table = Tables.PrivacyKeys;
    private const string Partition = "receipts";
    private const string CurrentRow = "current";
    private const string Private = "Private";
    private const string Public = "Public";

    /// <summary>The receipt as one line of text, which anybody can check without the hub.</summary>
    public async Task<string> SignAsync(ReceiptContent content, CancellationToken cancellationToken)
    {
        using var key = await CurrentAsync(cancellationToken);
        var open = ReceiptKey.Of(key);
        var header = JsonSerializer.SerializeToUtf8Bytes(new(Algorithm, Type, open.Thumbprint(), open), ReceiptJson.Default.ReceiptHeader);
        var payload = JsonSerializer.SerializeToUtf8Bytes(content, ReceiptJson.Default.ReceiptContent);
        var signed = $"{Base64Url.EncodeToString(header)}.{Base64Url.EncodeToString(payload)}";
        var signature = key.SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
        return $"{signed}.{Base64Url.EncodeToString(signature)}";
    }

    /// <summary>Every key that ever signed, the current one made if there is none: for publishing.</summary>
    public async Task<ReceiptKeySet> PublicKeysAsync(CancellationToken cancellationToken)
    {
        using var current = await CurrentAsync(cancellationToken);
        var all = new List<ReceiptKey> { ReceiptKey.Of(current) };
        await foreach (var row in tables.RowsAsync(Table, TableRange.Prefix(Partition, "old|"), cancellationToken))
            if (ReceiptKeySet.Parse(row.Text(Public)!) is { } set)
                all.AddRange(set.Keys);
        return new([.. all.DistinctBy(key => key.Thumbprint())]);
    }

    /// <summary>Signs with a new key from now on; the old public key stays published, and its private half is gone.</summary>
    public async Task RotateAsync(CancellationToken cancellationToken)
    {
        using var old = await CurrentAsync(cancellationToken);
        var open = ReceiptKey.Of(old);
        await tables.UpsertAsync(Table, new(Partition, $"old|{open.Thumbprint()}", new Dictionary<string, object> { [Public] = open.ToJson() }), cancellationToken);
        if (await tables.GetAsync(Table, Partition, CurrentRow, cancellationToken) is { } row && Opened(row) is var there && Same(there, open))
            await tables.WriteAsync(Table, new TableAction.Replace(New(), row.ETag!), cancellationToken); // somebody who rotated just now has done it
    }

    private async Task<ECDsa> CurrentAsync(CancellationToken cancellationToken)
    {
        if (await tables.GetAsync(Table, Partition, CurrentRow, cancellationToken) is { } row)
            return Opened(row);
        await tables.InsertAsync(Table, New(), cancellationToken);
        return Opened((await tables.GetAsync(Table, Partition, CurrentRow, cancellationToken))!);
    }

    private static bool Same(ECDsa key, ReceiptKey open)
    {
        using (key)
            return ReceiptKey.Of(key) == open;
    }

    private TableRow New()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return new(Partition, CurrentRow, new Dictionary<string, object> { [Private] = keys.Seal(key.ExportPkcs8PrivateKey()), [Public] = ReceiptKey.Of(key).ToJson() });
    }

    private ECDsa Opened(TableRow row)
    {
        var key = ECDsa.Create();
        key.ImportPkcs8PrivateKey(keys.Open(row.Bytes(Private)!), out _);
        return key;
    }
}
