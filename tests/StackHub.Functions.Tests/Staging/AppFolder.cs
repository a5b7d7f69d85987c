namespace StackHub.Functions.Tests.Staging;

/// <summary>Where the Functions app is: its sources, and the app as it was built. STACKHUB_FUNCTIONS_APP names a published one instead.</summary>
internal static class AppFolder
{
    public static string Source { get; } = Path.Combine(Root(), "src", "StackHub.Functions");

    public static string Built { get; } = Environment.GetEnvironmentVariable("STACKHUB_FUNCTIONS_APP") is { Length: > 0 } published
        ? published
        : Path.Combine(Source, Path.GetRelativePath(Path.Combine(Root(), "tests", "StackHub.Functions.Tests"), AppContext.BaseDirectory));

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "StackHub.sln")))
            folder = folder.Parent!;
        return folder.FullName;
    }
}
