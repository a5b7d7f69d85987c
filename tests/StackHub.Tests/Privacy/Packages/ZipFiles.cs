using System.IO.Compression;

namespace StackHub.Tests.Privacy.Packages;

internal static class ZipFiles
{
    public static async Task<IReadOnlyDictionary<string, byte[]>> ReadAsync(Stream archive)
    {
        using var zip = new ZipArchive(archive, ZipArchiveMode.Read);
        var files = new Dictionary<string, byte[]>();
        foreach (var entry in zip.Entries)
        {
            using var content = new MemoryStream();
            await using var stream = await entry.OpenAsync();
            await stream.CopyToAsync(content);
            files.Add(entry.FullName, content.ToArray());
        }
        return files;
    }
}
