using System.Collections.Immutable;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Unicode;

namespace StackHub.Privacy.Packages;

/// <summary>What is in a package, what is not and why, and the hash of every file, so that anybody can check that it is whole.</summary>
public sealed record PackageManifest(int Version, string Request, string Kind, DateTimeOffset CreatedAt)
{
    public ImmutableArray<PackageCount> Counts { get; init; } = [];

    public ImmutableArray<WithheldData> Withheld { get; init; } = [];

    public ImmutableArray<PackageFile> Files { get; init; } = [];
}

public sealed record PackageCount(string System, string What, int Count);

/// <param name="Sha256">In hexadecimal.</param>
public sealed record PackageFile(string Name, long Bytes, string Sha256);

/// <summary>The same data as a machine reads it.</summary>
internal sealed record PackageData(string Request, string Kind, DateTimeOffset CollectedAt, ImmutableArray<SubjectRecord> Records, ImmutableArray<SubjectThread> Threads);

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(PackageManifest))]
[JsonSerializable(typeof(PackageData))]
internal sealed partial class PackageJson : JsonSerializerContext;

internal static class PackageJsonText
{
    /// <summary>Letters of every language as they are, for people who look inside; whatever HTML would take as its own is still escaped.</summary>
    public static readonly PackageJson Readable = new(new JsonSerializerOptions(JsonSerializerDefaults.Web) { WriteIndented = true, Encoder = JavaScriptEncoder.Create(UnicodeRanges.All), Converters = { new JsonStringEnumConverter<ThreadAuthor>(JsonNamingPolicy.CamelCase) } });
}
