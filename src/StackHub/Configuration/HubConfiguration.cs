using System.Diagnostics;
using System.Text;
using StackHub.Configuration.Format;
using StackHub.Configuration.Reading;
using StackHub.Configuration.Yaml;
using StackHub.Connecting;

namespace StackHub.Configuration;

/// <summary>Reads stackhub.yaml: a model of the hub, or everything that is wrong with the file at once.</summary>
public static class HubConfiguration
{
    public const string DefaultFile = "stackhub.yaml";
    private const int MaxBytes = 1024 * 1024;

    public static ConfigurationResult Load(string path, IReadOnlyList<IConnectorFactory> connectors)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        try
        {
            return Read(path) is { } bytes
                ? Parse(new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(Unmarked(bytes)), connectors, path)
                : TooLarge(path);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return Unread(path, "There is no such file.", "Create it, or name another one.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Unread(path, "The file cannot be opened.", Directory.Exists(path) ? "This is a folder: name the file in it." : "Let the hub's user read it.");
        }
        catch (DecoderFallbackException)
        {
            return Unread(path, "The file is not UTF-8 text.", "Save it as UTF-8.");
        }
    }

    /// <param name="file">The name problems are reported under.</param>
    public static ConfigurationResult Parse(string text, IReadOnlyList<IConnectorFactory> connectors, string file = DefaultFile)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(connectors);
        if (text.Length > MaxBytes)
            return TooLarge(file);
        var problems = new ProblemList(file, 1 + text.AsSpan().Count('\n'));
        var root = NodeReader.Read(text, problems);
        if (root is null && problems.Count == 0)
            return Unread(file, "The file is empty.", "Write systems: and, below it, at least one system.");
        return root is not null && FileFormat.Shape.Read(root, "", problems) is { } section
            ? new FileReader(connectors, problems).Read(section)
            : problems.Result(() => throw new UnreachableException());
    }

    private static ReadOnlySpan<byte> Unmarked(ReadOnlySpan<byte> bytes) => bytes.StartsWith(Encoding.UTF8.Preamble) ? bytes[Encoding.UTF8.Preamble.Length..] : bytes;

    /// <summary>Null for more than is allowed; the length is not asked first, since a pipe or device has none.</summary>
    private static byte[]? Read(string path)
    {
        using var file = File.OpenRead(path);
        var bytes = new byte[MaxBytes + 1];
        var length = file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        return length > MaxBytes ? null : bytes[..length];
    }

    private static ConfigurationResult.Invalid TooLarge(string file) =>
        Unread(file, "The file is larger than 1 MB.", "Check that it is the configuration.");

    private static ConfigurationResult.Invalid Unread(string file, string message, string cure) => new([new(file, 1, 1, "", message, cure)]);
}
