using StackHub.Configuration;
using StackHub.Connecting;

namespace StackHub.Connectors.Declarative;

/// <summary>The connectors a hub has: those that are built in, and a file each in the folder "connectors" beside its configuration.</summary>
/// <param name="Problems">What is wrong with the files; one that is wrong gives no connector.</param>
public sealed record ConnectorFolder(IReadOnlyList<IConnectorFactory> Factories, IReadOnlyList<ConfigurationProblem> Problems)
{
    public const string Name = "connectors";

    /// <summary>For a hub without a configuration file.</summary>
    public static readonly ConnectorFolder None = new(Connectors.All, []);

    public static ConnectorFolder Beside(string configurationFile)
    {
        var folder = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(configurationFile)) ?? ".", Name);
        if (!Directory.Exists(folder))
            return None;
        var (factories, problems) = (Connectors.All.ToList(), new List<ConfigurationProblem>());
        foreach (var file in Directory.EnumerateFiles(folder, "*.yaml").Order(StringComparer.Ordinal))
        {
            var read = VendorFile.Load(file);
            problems.AddRange(read.Problems);
            if (read.Factory is { } factory && factories.Any(known => known.Info.Vendor == factory.Info.Vendor))
                problems.Add(new(file, 1, 1, "vendor", $"There is a connector '{factory.Info.Vendor}' already.", "Give the file's vendor another key."));
            else if (read.Factory is { } own)
                factories.Add(own);
        }
        return new(factories, problems);
    }

    /// <summary>The configuration with these connectors; problems of the files come first, since the rest may follow from them.</summary>
    public ConfigurationResult Load(string configurationFile)
    {
        var result = HubConfiguration.Load(configurationFile, Factories);
        return Problems.Count == 0 ? result : new ConfigurationResult.Invalid([.. Problems, .. result is ConfigurationResult.Invalid invalid ? invalid.Problems : []]);
    }
}
