using System.Collections.Immutable;
using System.Globalization;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace StackHub.Privacy.Packages;

/// <summary>Writes a person's data as a ZIP: a manifest, JSON, CSV, a page for people, and their files. The same data gives the same bytes.</summary>
public static class PackageWriter
{
    private const int ManifestVersion = 1;

    /// <summary>The manifest, which is also in the archive. Other people are left out here: callers give what they have.</summary>
    public static async Task<PackageManifest> WriteAsync(SubjectData collected, Stream output, CancellationToken cancellationToken)
    {
        var data = ThirdParties.LeaveOut(collected);
        var files = ImmutableArray.CreateBuilder<PackageFile>();
        await using var zip = await ZipArchive.CreateAsync(output, ZipArchiveMode.Create, leaveOpen: true, Encoding.UTF8, cancellationToken);
        foreach (var (name, content) in Contents(data))
        {
            await AddAsync(zip, name, content, data.CollectedAt, cancellationToken);
            files.Add(new(name, content.Length, Convert.ToHexStringLower(SHA256.HashData(content.Span))));
        }
        var manifest = new PackageManifest(ManifestVersion, data.Request, PrivacyRequestKinds.Of(data.Kind), data.CollectedAt)
        {
            Counts = [.. Counts(data)],
            Withheld = data.Withheld,
            Files = files.ToImmutable(),
        };
        await AddAsync(zip, "manifest.json", JsonSerializer.SerializeToUtf8Bytes(manifest, PackageJsonText.Readable.PackageManifest), data.CollectedAt, cancellationToken);
        return manifest;
    }

    /// <summary>One file at a time, so that only one is in memory twice.</summary>
    private static IEnumerable<(string Name, ReadOnlyMemory<byte> Content)> Contents(SubjectData data)
    {
        yield return ("report.html", PackageReport.Write(data));
        yield return ("data.json", JsonSerializer.SerializeToUtf8Bytes(new(data.Request, PrivacyRequestKinds.Of(data.Kind), data.CollectedAt, data.Records, data.Threads), PackageJsonText.Readable.PackageData));
        var used = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var type in data.Records.GroupBy(record => (record.System, record.ObjectType)).OrderBy(type => type.Key))
            yield return (Unused(used, "csv", $"{SafeName.Of(type.Key.System)}-{SafeName.Of(type.Key.ObjectType)}.csv"), PackageCsv.Records([.. type]));
        if (!data.Threads.IsEmpty)
            yield return (Unused(used, "csv", "conversations.csv"), PackageCsv.Messages(data.Threads));
        foreach (var file in data.Files)
            yield return (Unused(used, $"files/{SafeName.Of(file.System)}", SafeName.Of(file.Name)), file.Content);
    }

    /// <summary>Two things whose safe names are the same, on any file system, still are two files.</summary>
    private static string Unused(HashSet<string> used, string folder, string name)
    {
        var candidate = $"{folder}/{name}";
        for (var number = 2; !used.Add(candidate); number++)
            candidate = $"{folder}/{number.ToString(CultureInfo.InvariantCulture)}-{name}";
        return candidate;
    }

    private static IEnumerable<PackageCount> Counts(SubjectData data) =>
        data.Records.GroupBy(record => (record.System, What: record.ObjectType))
            .Concat<IGrouping<(string System, string What), object>>(data.Threads.GroupBy(thread => (thread.System, What: thread.ObjectType)))
            .Concat(data.Files.GroupBy(file => (file.System, What: "file")))
            .Select(group => new PackageCount(group.Key.System, group.Key.What, group.Count()))
            .OrderBy(count => count.System, StringComparer.Ordinal).ThenBy(count => count.What, StringComparer.Ordinal);

    private static async Task AddAsync(ZipArchive zip, string name, ReadOnlyMemory<byte> content, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var entry = zip.CreateEntry(name, CompressionLevel.Optimal);
        entry.LastWriteTime = at.ToUniversalTime();
        await using var stream = await entry.OpenAsync(cancellationToken);
        await stream.WriteAsync(content, cancellationToken);
    }
}
