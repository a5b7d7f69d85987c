using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json;
using StackHub.Audit.Imports;
using StackHub.Audit.Inventory;
using StackHub.Security;
using StackHub.Storage;

namespace StackHub.Audit.Measured;

/// <summary>What the newest run measured: sealed, in parts. Whoever shows the run reads it, so that no page asks a vendor or counts a record.</summary>
public sealed class MeasuredStack(ITableStore tables, IBlobStore blobs, HubKeys keys)
{
    private const string Partition = "measured";
    private const string Newest = "newest";
    private const string Folder = "audit-measured/";
    private const int PartBytes = 1024 * 1024;

    /// <summary>Puts it beside the one before, and in its place in one write. Made again it does the same.</summary>
    public async Task KeepAsync(AuditRun run, StackInventory stack, CancellationToken cancellationToken)
    {
        var prefix = $"{Folder}{run.Id}/{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8))}";
        using var packed = await PackAsync(stack, cancellationToken);
        var buffer = new byte[PartBytes];
        var parts = 0;
        while (await packed.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken) is var length and > 0)
            await blobs.PutAsync(PartOf(prefix, parts++), keys.Seal(buffer.AsSpan(0, length)), cancellationToken);
        await tables.UpsertAsync(Tables.Audit, new(Partition, Newest, new Dictionary<string, object> { ["Run"] = run.Id, ["Prefix"] = prefix, ["Parts"] = parts }), cancellationToken);
        await SweepAsync(prefix, cancellationToken);
    }

    /// <summary>Null when it is not kept: it is of another run, or was replaced while it was read.</summary>
    public async Task<StackInventory?> FindAsync(string run, CancellationToken cancellationToken)
    {
        if (await tables.GetAsync(Tables.Audit, Partition, Newest, cancellationToken) is not { } row || row.Text("Run") != run)
            return null;
        var (prefix, parts) = (row.Text("Prefix")!, row.Value<int>("Parts")!.Value);
        try
        {
            await using var content = new PartStream(async (part, token) => part < parts ? keys.Open(await blobs.GetAsync(PartOf(prefix, part), token) ?? throw new FileNotFoundException()) : null);
            await using var unpacked = new GZipStream(content, CompressionMode.Decompress);
            return (await JsonSerializer.DeserializeAsync(unpacked, StackImageJson.Default.StackImage, cancellationToken))!.Stack();
        }
        catch (FileNotFoundException)
        {
            return null;
        }
    }

    private static async Task<MemoryStream> PackAsync(StackInventory stack, CancellationToken cancellationToken)
    {
        var packed = new MemoryStream();
        await using (var packing = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
            await JsonSerializer.SerializeAsync(packing, StackImage.Of(stack), StackImageJson.Default.StackImage, cancellationToken);
        packed.Position = 0;
        return packed;
    }

    /// <summary>What runs before it left, also those that died.</summary>
    private async Task SweepAsync(string prefix, CancellationToken cancellationToken)
    {
        var idle = new List<string>();
        await foreach (var blob in blobs.ListAsync(Folder, cancellationToken))
            if (!blob.StartsWith(prefix + "/", StringComparison.Ordinal))
                idle.Add(blob);
        foreach (var blob in idle)
            await blobs.DeleteAsync(blob, cancellationToken);
    }

    private static string PartOf(string prefix, int part) => $"{prefix}/{part:D6}";
}
