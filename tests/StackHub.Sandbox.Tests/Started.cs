namespace StackHub.Sandbox.Tests;

/// <summary>A sandbox for one test, and a client that speaks to it as a well-behaved hub would.</summary>
internal static class Started
{
    public static Task<SandboxServer> EmptyAsync() => WithAsync(new() { SeedData = false });

    public static Task<SandboxServer> WithAsync(SandboxOptions options) =>
        SandboxServer.StartAsync(options, TestContext.Current.CancellationToken);
}
