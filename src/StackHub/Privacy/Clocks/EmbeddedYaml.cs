using YamlDotNet.Core;
using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;

namespace StackHub.Privacy.Clocks;

/// <summary>The data files of the clocks, embedded, and others of their form.</summary>
internal static class EmbeddedYaml
{
    public static string Text(string name)
    {
        using var stream = typeof(EmbeddedYaml).Assembly.GetManifestResourceStream(name)!;
        return new StreamReader(stream).ReadToEnd();
    }

    /// <summary>Throws <see cref="FormatException"/> with the line.</summary>
    public static T Read<T>(string yaml) where T : new()
    {
        try
        {
            return new DeserializerBuilder().WithNamingConvention(CamelCaseNamingConvention.Instance).WithDuplicateKeyChecking().Build().Deserialize<T>(yaml) ?? new();
        }
        catch (YamlException e)
        {
            throw new FormatException($"Line {e.Start.Line}: {(e.InnerException ?? e).Message}", e);
        }
    }
}
