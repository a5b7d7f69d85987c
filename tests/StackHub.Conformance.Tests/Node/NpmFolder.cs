namespace StackHub.Conformance.Tests.Node;

/// <summary>The npm packages beside the tests, installed by tests/run.sh. Without them tests skip and say so, but not in CI.</summary>
internal static class NpmFolder
{
    public static string Require()
    {
        var folder = Search.Upwards("npm", folder => File.Exists(Path.Combine(folder, "judge.mjs")));
        Requirement.Check(folder is not null && Directory.Exists(Path.Combine(folder, "node_modules", "@stoplight", "prism-http")), "The outside judges are not installed: run 'npm ci' in tests/StackHub.Conformance.Tests/npm.");
        return folder!;
    }
}
