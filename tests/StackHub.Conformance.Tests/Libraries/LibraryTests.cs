namespace StackHub.Conformance.Tests.Libraries;

/// <summary>The vendors' real client libraries against our sandboxes: one that cannot work with a sandbox means that the sandbox is wrong.</summary>
public sealed class LibraryTests(LibraryRuns libraries)
{
    public static TheoryData<string> Names => [.. LibraryRuns.Vendors.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_real_client_library_creates_reads_updates_batches_pages_searches_and_deletes(string library)
    {
        var run = await libraries.OfAsync(library);

        var failed = run.Steps.Where(step => !step.Passed).Select(step => $"{step.Step}: {step.Problem}").ToList();
        Assert.True(failed.Count == 0, string.Join('\n', failed));
        Assert.True(run.Steps.Count >= 10, $"{library}: only {run.Steps.Count} steps were told.");
    }
}
