using StackHub.Connecting;

namespace StackHub.Connectors.Declarative;

/// <summary>The vendors' files that are shipped with the hub.</summary>
public static class VendorFiles
{
    private const string Folder = "vendors/";

    public static IEnumerable<IConnectorFactory> Shipped => Names.Select(name => Parsed(name));

    public static IEnumerable<string> Names => typeof(VendorFiles).Assembly.GetManifestResourceNames().Where(name => name.StartsWith(Folder, StringComparison.Ordinal)).Order(StringComparer.Ordinal);

    public static string Text(string name)
    {
        using var reader = new StreamReader(typeof(VendorFiles).Assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }

    private static IConnectorFactory Parsed(string name)
    {
        var result = VendorFile.Parse(Text(name), name);
        return result.Factory ?? throw new InvalidOperationException(string.Join(Environment.NewLine, result.Problems));
    }
}
