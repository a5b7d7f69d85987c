using System.Globalization;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using StackHub.Privacy.Evidence;
using StackHub.Privacy.SubjectKeys;
using StackHub.Security;
using StackHub.Storage;

namespace StackHub.Privacy.Packages;

/// <summary>What a link opened: whether, and the archive in order when it did.</summary>
public sealed record PackageDownload(PackageAccess Access, IAsyncEnumerable<ReadOnlyMemory<byte>>? Content);

/// <summary>
/// Packages at rest: in parts, each sealed under the person's own key and bound to its place, so that destroying the key makes every copy
/// unreadable. Each download is counted and noted in evidence before its first byte goes.
/// </summary>
public sealed class PackageStore(ITableStore tables, IBlobStore blobs, SubjectKeyStore subjects, EvidenceLedger ledger, HubKeys keys, TimeProvider time)
{
    /// <summary>Of an archive, before it is sealed.</summary>
    public const int PartSize = 4 * 1024 * 1024;

    private const string Table = Tables.Packages;
    private const string Partition = "package";

    /// <summary>Builds a request's package and gives a link to it; null when the person's key was destroyed. Built again, it is another with a link of its own.</summary>
    /// <param name="subject">Whose it is, as an id.</param>
    public async Task<(Package Package, string Link)?> BuildAsync(SubjectData data, string subject, CancellationToken cancellationToken)
    {
        if (await subjects.GetOrMakeAsync(subject, cancellationToken) is not { } key)
            return null;
        var now = time.GetUtcNow();
        var begun = new Package(Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16)), data.Request, subject, now, now + PackageAccessRules.Lifetime, 0, 0, "");
        await tables.InsertAsync(Table, Row(begun), cancellationToken); // before the first blob, so that whatever is left of a build that dies expires with it
        var (package, manifest) = await WriteAsync(begun, data, key, cancellationToken);
        await tables.UpsertAsync(Table, Row(package), cancellationToken);
        await ledger.AppendAsync(data.Request, Built(package, manifest), cancellationToken);
        return (package, new PackageLink(package.Id, subject, package.ExpiresAt).ToToken(keys));
    }

    private async Task<(Package Package, PackageManifest Manifest)> WriteAsync(Package begun, SubjectData data, SubjectKey key, CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        long bytes = 0;
        await using var parts = new PartStream(PartSize, async (part, content, cancel) =>
        {
            hash.AppendData(content.Span);
            bytes += content.Length;
            await blobs.PutAsync(BlobName(begun.Id, part), key.Seal(PartName(begun.Id, part), content.Span), cancel);
        });
        var manifest = await PackageWriter.WriteAsync(data, parts, cancellationToken);
        await parts.CompleteAsync(cancellationToken);
        return (begun with { Parts = parts.Parts, Bytes = bytes, Sha256 = Convert.ToHexStringLower(hash.GetHashAndReset()) }, manifest);
    }

    /// <summary>For the person, by their link, once they showed who they are.</summary>
    public Task<PackageDownload> OpenAsync(string? token, Reauthentication? shown, CancellationToken cancellationToken) =>
        OpenAsync(PackageLink.Parse(keys, token), shown, "subject", cancellationToken);

    /// <summary>For an officer who brings it to the person where no link reaches them; the evidence says who did.</summary>
    public Task<PackageDownload> HandOverAsync(string? token, string by, CancellationToken cancellationToken)
    {
        var link = PackageLink.Parse(keys, token);
        return OpenAsync(link, link is null ? null : new(link.Subject, time.GetUtcNow()), by, cancellationToken);
    }

    private async Task<PackageDownload> OpenAsync(PackageLink? link, Reauthentication? shown, string reader, CancellationToken cancellationToken)
    {
        while (true)
        {
            var row = link is null ? null : await tables.GetAsync(Table, Partition, link.Package, cancellationToken);
            var access = PackageAccessRules.Decide(link, row is null ? null : Read(row), shown, time.GetUtcNow());
            if (access is not PackageAccess.Granted { After: var package })
                return new(access, null);
            if (await subjects.FindAsync(package.Subject, cancellationToken) is not { } key)
                return new(new PackageAccess.Gone(), null);
            if (!(await tables.WriteAsync(Table, new TableAction.Replace(Row(package), row!.ETag!), cancellationToken)).Done)
                continue;
            await ledger.AppendAsync(package.Request, ReadNote(package, reader), cancellationToken);
            return new(access, ContentAsync(package, key, cancellationToken));
        }
    }

    /// <summary>Removes packages whose time is over; how many.</summary>
    public async Task<int> RemoveExpiredAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        return await RemoveAsync(package => now >= package.ExpiresAt, cancellationToken);
    }

    /// <summary>Removes all packages of a person; how many.</summary>
    /// <param name="subjects">The ids under which they may have been made.</param>
    public Task<int> RemoveOfAsync(IReadOnlySet<string> subjects, CancellationToken cancellationToken) => RemoveAsync(package => subjects.Contains(package.Subject), cancellationToken);

    /// <summary>The blobs first: a row without its blobs is removed by the next run, blobs without a row never would be.</summary>
    private async Task<int> RemoveAsync(Func<Package, bool> which, CancellationToken cancellationToken)
    {
        var removed = 0;
        await foreach (var row in tables.RowsAsync(Table, TableRange.In(Partition), cancellationToken))
        {
            if (Read(row) is var package && !which(package))
                continue;
            await foreach (var blob in blobs.ListAsync($"packages/{package.Id}/", cancellationToken))
                await blobs.DeleteAsync(blob, cancellationToken);
            await tables.DeleteAsync(Table, Partition, package.Id, null, cancellationToken);
            removed++;
        }
        return removed;
    }

    private async IAsyncEnumerable<ReadOnlyMemory<byte>> ContentAsync(Package package, SubjectKey key, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (var part = 0; part < package.Parts; part++)
        {
            var content = await blobs.GetAsync(BlobName(package.Id, part), cancellationToken) ?? throw new InvalidOperationException($"Part {part} of package {package.Id} is gone.");
            yield return key.Open(PartName(package.Id, part), content);
        }
    }

    private static EvidenceNote Built(Package package, PackageManifest manifest) =>
        new EvidenceNote($"package-built|{package.Id}", EvidenceKinds.PackageBuilt, "hub")
            .With("package", package.Id).With("sha256", package.Sha256)
            .With("records", Number(manifest.Counts.Sum(count => count.Count))).With("withheld", Number(manifest.Withheld.Sum(withheld => withheld.Count)));

    private static EvidenceNote ReadNote(Package package, string reader) =>
        new EvidenceNote($"package-read|{package.Id}|{Number(package.Reads)}", EvidenceKinds.PackageRead, reader).With("package", package.Id).With("read", Number(package.Reads));

    private static string BlobName(string id, int part) => $"packages/{id}/{part:D4}";

    private static string PartName(string id, int part) => $"package|{id}|{part:D4}";

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static TableRow Row(Package package) => new(Partition, package.Id, new Dictionary<string, object>
    {
        ["Request"] = package.Request,
        ["Subject"] = package.Subject,
        ["CreatedAt"] = package.CreatedAt,
        ["ExpiresAt"] = package.ExpiresAt,
        ["Parts"] = package.Parts,
        ["Bytes"] = package.Bytes,
        ["Sha256"] = package.Sha256,
        ["Reads"] = package.Reads,
    });

    private static Package Read(TableRow row) => new(
        row.Row, row.Text("Request")!, row.Text("Subject")!, row.Value<DateTimeOffset>("CreatedAt")!.Value, row.Value<DateTimeOffset>("ExpiresAt")!.Value,
        row.Value<int>("Parts")!.Value, row.Value<long>("Bytes")!.Value, row.Text("Sha256")!)
    {
        Reads = row.Value<int>("Reads")!.Value,
    };
}
