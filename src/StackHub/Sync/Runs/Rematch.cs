using StackHub.Identity.Matching;
using StackHub.Records;

namespace StackHub.Sync.Runs;

/// <summary>Asks for records to be matched again: a request may have been lost with the process that was about to make it.</summary>
public sealed class Rematch(RecordStore records, MatchRequests matches)
{
    private const int PageSize = 500;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        string? next = null;
        do
        {
            (var page, next) = await records.ScanAsync(next, PageSize, cancellationToken);
            await matches.SendAsync([.. page.Where(record => record.MergedInto is null).Select(record => record.Id)], [], cancellationToken);
        }
        while (next is not null);
    }
}
