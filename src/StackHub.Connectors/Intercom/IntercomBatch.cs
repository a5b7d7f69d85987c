using StackHub.Connecting;

namespace StackHub.Connectors.Intercom;

/// <summary>Runs the single writes of one call side by side; each record gets its own outcome.</summary>
internal static class IntercomBatch
{
    public static async Task<IReadOnlyList<WriteOutcome>> RunAsync<T>(
        IReadOnlyList<T> items, int concurrency, Func<T, int, CancellationToken, Task<WriteOutcome>> write, CancellationToken cancellationToken)
    {
        var outcomes = new WriteOutcome[items.Count];
        var failures = new VendorUnavailableException?[items.Count];
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = concurrency, CancellationToken = cancellationToken };
        await Parallel.ForAsync(0, items.Count, parallel, async (i, token) =>
        {
            try
            {
                outcomes[i] = await write(items[i], i, token);
            }
            catch (VendorUnavailableException e) // one record without an answer must not hide what became of the others
            {
                failures[i] = e;
                outcomes[i] = new WriteOutcome.Retry(e.Reason, e.RetryAfter, e.Uncertain);
            }
        });
        // Nothing was carried out and nothing may have been: the caller learns the reason instead of a list of retries.
        return failures.All(f => f is { Uncertain: false }) && failures.FirstOrDefault() is { } failure ? throw failure : outcomes;
    }
}
