using StackHub.Identity.Matching;
using StackHub.Records;

namespace StackHub.Sync.Runs;

/// <summary>
/// Asks for all opportunities to be matched again: two of them are one when their accounts are, and accounts may have been merged since
/// the opportunities were read.
/// </summary>
public sealed class Rematch(RecordStore records, MatchRequests matches)
{
    private const int PageSize = 500;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        string? next = null;
        do
        {
            (var page, next) = await records.ScanAsync(next, PageSize, cancellationToken);
            await matches.SendAsync([.. page.Where(record => record.Kind == RecordKind.Opportunity && record.MergedInto is null).Select(record => record.Id)], [], cancellationToken);
        }
        while (next is not null);
    }
}
