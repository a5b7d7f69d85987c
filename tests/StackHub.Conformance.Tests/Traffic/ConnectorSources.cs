using System.Text.RegularExpressions;

namespace StackHub.Conformance.Tests.Traffic;

/// <summary>The operations that the connectors' source names where it calls, so that a new call without a tour is noticed.</summary>
internal static partial class ConnectorSources
{
    public static IReadOnlyList<NamedOperation> Operations()
    {
        var folder = Node.Search.Upwards("src/StackHub.Connectors", Directory.Exists) ?? throw new InvalidOperationException("The tests run outside of the repository: its source is not above them.");
        return [.. Itineraries.All.Select(itinerary => itinerary.Vendor).Distinct().SelectMany(vendor => Of(folder, vendor)).Distinct()];
    }

    private static IEnumerable<NamedOperation> Of(string folder, string vendor)
    {
        var own = Directory.GetDirectories(folder).Single(path => Path.GetFileName(path).Equals(vendor, StringComparison.OrdinalIgnoreCase));
        var found = Directory.GetFiles(own, "*.cs").SelectMany(file => (file.EndsWith("Limits.cs", StringComparison.Ordinal) ? Limited() : Call()).Matches(File.ReadAllText(file))).Select(match => new NamedOperation(vendor, match.Groups["name"].Value)).ToList();
        return found.Count >= 10 ? found : throw new InvalidOperationException($"{vendor}: only {found.Count} operations found; the connector names them in another way than this test knows.");
    }

    /// <summary>A name given to a call, directly or through the connector's own sender.</summary>
    [GeneratedRegex("""(VendorCall\.(Read|Write)\(|(Query|Runs|Select|Save|StartJob|Post|Get|Page|Answer)Async\()\s*\$?"(?<name>[A-Za-z{}]+(\.Name\})?(\.[A-Za-z{}.]+))"|QueryAsync\("(?<name>\w+)",|(Query|Get|Runs|Select)Async(<\w+>)?\("(?<name>\w+)",""")]
    private static partial Regex Call();

    /// <summary>A name that is kept beside its limit.</summary>
    [GeneratedRegex("""const string \w+ = "(?<name>[a-zA-Z]+\.[a-zA-Z]+)";""")]
    private static partial Regex Limited();
}

/// <param name="Template">As in the source: "{type.Name}.search".</param>
internal sealed record NamedOperation(string Vendor, string Template)
{
    public bool IsCalled(string operation) => Regex.IsMatch(operation, $"^{Regex.Replace(Regex.Escape(Template), @"\\{[^}]*}", ".+")}$");
}
