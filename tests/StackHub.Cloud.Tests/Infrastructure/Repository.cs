namespace StackHub.Cloud.Tests.Infrastructure;

/// <summary>The files of this repository.</summary>
internal static class Repository
{
    public static string Root { get; } = Find();

    public static string Read(params string[] path) => File.ReadAllText(At(path));

    public static string At(params string[] path) => Path.Combine([Root, .. path]);

    public static IReadOnlyList<BicepFile> Bicep() => [.. Directory.EnumerateFiles(At("infra"), "*.bicep", SearchOption.AllDirectories).Order().Select(path => new BicepFile(path))];

    public static BicepFile Bicep(string module) => new(At("infra", "modules", module));

    private static string Find()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "StackHub.sln")))
            folder = folder.Parent ?? throw new InvalidOperationException("The tests run outside the repository.");
        return folder.FullName;
    }
}
