using StackHub.Configuration;
using StackHub.Configuration.Format;
using StackHub.Configuration.Yaml;
using StackHub.Connecting;
using StackHub.Connectors.Declarative.Format;

namespace StackHub.Connectors.Declarative;

/// <summary>What became of a vendor's file: a factory, or everything that is wrong with it.</summary>
public sealed record VendorFileResult(IConnectorFactory? Factory, IReadOnlyList<ConfigurationProblem> Problems);

/// <summary>Reads a vendor's file.</summary>
public static class VendorFile
{
    private const int MaxLength = 512 * 1024;

    public static VendorFileResult Load(string path)
    {
        try
        {
            return new FileInfo(path).Length <= MaxLength ? Parse(File.ReadAllText(path), path) : Unread(path, "The file is larger than 512 kB.", "Check that it describes a vendor.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Unread(path, e is FileNotFoundException or DirectoryNotFoundException ? "There is no such file." : "The file cannot be opened.", "Name another one, or let this user read it.");
        }
    }

    public static VendorFileResult Parse(string text, string file)
    {
        ArgumentNullException.ThrowIfNull(text);
        var spec = Read(text, file, out var problems);
        return new(spec is null ? null : new DeclarativeFactory(spec), problems);
    }

    internal static VendorSpec? Read(string text, string file, out IReadOnlyList<ConfigurationProblem> found)
    {
        var problems = new ProblemList(file, 1 + text.AsSpan().Count('\n'));
        var root = NodeReader.Read(text, problems);
        if (root is null && problems.Count == 0)
            problems.Add(Place.Start, "", "The file is empty.", "Begin with vendor: and a key of lower-case letters.");
        var section = root is null ? null : VendorFormat.Shape.Read(root, "", problems);
        var spec = section is null ? null : Spec(section);
        if (spec is not null && problems.Count == 0)
            VendorChecks.Run(section!, spec);
        found = problems.Found;
        return problems.Count == 0 ? spec : null;
    }

    private static VendorSpec Spec(Section file) => new(
        file.Get(VendorFormat.Vendor) ?? "", file.Get(VendorFormat.Name) ?? "", file.Get(VendorFormat.Docs) ?? new Uri("https://localhost"),
        file.Get(VendorFormat.Base) ?? RequestSpec.Nothing.Path, JobFormat.Texts(file.Get(VendorFormat.Hosts)), file.Get(VendorFormat.Auth) ?? new(AuthKind.Bearer))
    {
        Settings = [.. (file.Get(VendorFormat.Settings) ?? []).Where(entry => entry.Value is not null).Select(SettingFormat.Read)],
        Headers = RequestFormat.Pairs(file.Get(VendorFormat.Headers)),
        MediaType = file.Get(VendorFormat.MediaType) ?? "application/json",
        Limits = file.Get(VendorFormat.Limits) ?? [],
        Scopes = JobFormat.Texts(file.Get(VendorFormat.Scopes)),
        Errors = file.Get(VendorFormat.Errors) ?? [],
        Objects = [.. (file.Get(VendorFormat.Objects) ?? []).Where(entry => entry.Value is not null).Select(entry => entry.Value! with { Name = entry.Name })],
        Check = file.Get(VendorFormat.Check),
        Webhook = file.Get(VendorFormat.Webhook),
    };

    private static VendorFileResult Unread(string path, string message, string cure) => new(null, [new(path, 1, 1, "", message, cure)]);
}
