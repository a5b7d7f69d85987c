namespace StackHub.Conformance.Tests.Node;

/// <summary>The vendors' own descriptions, which are not part of this repository.</summary>
internal static class SpecFolder
{
    public static string Require()
    {
        var folder = Environment.GetEnvironmentVariable("STACKHUB_SPECS") ?? Search.Upwards("shared/specs", path => File.Exists(Path.Combine(path, "prism-lint.js")));
        Requirement.Check(folder is not null && Directory.Exists(folder), "The vendors' descriptions are not here: put them into ../shared/specs beside the repository, or name their folder in STACKHUB_SPECS.");
        return folder!;
    }
}
