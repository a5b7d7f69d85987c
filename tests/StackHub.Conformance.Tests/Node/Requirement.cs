namespace StackHub.Conformance.Tests.Node;

/// <summary>What a test cannot do without: missing it skips the test at home and fails it in CI.</summary>
internal static class Requirement
{
    private static bool IsCi => Environment.GetEnvironmentVariable("STACKHUB_CI") == "1" || Environment.GetEnvironmentVariable("CI") is { Length: > 0 } and not "false";

    public static void Check(bool isThere, string whatIsMissing)
    {
        if (isThere)
            return;
        if (IsCi)
            Assert.Fail(whatIsMissing);
        Assert.Skip(whatIsMissing);
    }
}
