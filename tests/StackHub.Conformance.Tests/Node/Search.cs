namespace StackHub.Conformance.Tests.Node;

internal static class Search
{
    /// <summary>The nearest folder of this relative path, seen from the tests' own folder and from each one above it.</summary>
    public static string? Upwards(string relative, Func<string, bool> fits)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (Path.Combine(folder.FullName, relative) is var path && Directory.Exists(path) && fits(path))
                return path;
        return null;
    }
}
