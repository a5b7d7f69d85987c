using YamlDotNet.Core;
using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;

namespace StackHub.Audit.Catalogue;

/// <summary>Reads a catalogue from YAML; the shipped one is embedded.</summary>
public static class CatalogueFile
{
    private const string ShippedName = "Audit/tools.yaml";
    private const int KnownVersion = 1;

    public static ToolCatalogue ReadShipped()
    {
        using var stream = typeof(CatalogueFile).Assembly.GetManifestResourceStream(ShippedName)!;
        return Read(new StreamReader(stream).ReadToEnd());
    }

    /// <summary>Throws <see cref="FormatException"/> that says everything that is wrong, and how to mend it.</summary>
    public static ToolCatalogue Read(string yaml)
    {
        var content = Content(yaml);
        var problems = CatalogueChecks.Problems(content).ToArray();
        return problems.Length == 0 ? new(content) : throw new FormatException(string.Join('\n', problems));
    }

    private static CatalogueContent Content(string yaml)
    {
        try
        {
            var file = new DeserializerBuilder().WithNamingConvention(CamelCaseNamingConvention.Instance).WithDuplicateKeyChecking().Build().Deserialize<CatalogueForm>(yaml);
            return file is { Version: KnownVersion }
                ? new([.. file.Tools.Select(tool => tool.Tool())], file.Capabilities, file.Categories, [.. file.Editions])
                : throw new FormatException($"A catalogue of tools begins with version: {KnownVersion}.");
        }
        catch (YamlException e)
        {
            throw new FormatException($"Line {e.Start.Line}: {(e.InnerException ?? e).Message}", e);
        }
    }

    private sealed class CatalogueForm
    {
        public int Version { get; set; }
        public Dictionary<string, string> Capabilities { get; set; } = [];
        public Dictionary<string, string> Categories { get; set; } = [];
        public List<string> Editions { get; set; } = [];
        public List<ToolForm> Tools { get; set; } = [];
    }

    private sealed class ToolForm
    {
        public string Id { get; set; } = "";
        public string Name { get; set; } = "";
        public List<string> Aliases { get; set; } = [];
        public List<string> Domains { get; set; } = [];
        public List<string> Categories { get; set; } = [];
        public List<string> Capabilities { get; set; } = [];

        public CatalogueProduct Tool() => new(Id, Name, [.. Aliases], [.. Domains], [.. Categories], [.. Capabilities]);
    }
}
