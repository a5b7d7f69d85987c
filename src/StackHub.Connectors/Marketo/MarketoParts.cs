using StackHub.Connecting;

namespace StackHub.Connectors.Marketo;

/// <summary>Runs the parts of one write call; what became of one part is not lost when another fails.</summary>
internal static class MarketoParts
{
    public static async Task RunAsync(WriteOutcome?[] outcomes, IReadOnlyList<(int[] Part, Func<int[], Task> Run)> parts)
    {
        VendorUnavailableException? failure = null;
        foreach (var (part, run) in parts.Where(part => part.Part.Length > 0))
        {
            try
            {
                if (failure is null)
                    await run(part).ConfigureAwait(false);
            }
            catch (VendorUnavailableException e)
            {
                failure = e;
            }
        }

        if (failure is null)
            return;
        if (outcomes.All(outcome => outcome is null) && !failure.Uncertain)
            throw failure; // nothing was carried out: the caller learns the reason instead of a list of retries
        for (var i = 0; i < outcomes.Length; i++)
            outcomes[i] ??= MarketoLine.Of(failure);
    }
}
