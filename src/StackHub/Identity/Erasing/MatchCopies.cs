using StackHub.Identity.Matching;
using StackHub.Records;
using StackHub.Storage;
using StackHub.Suppression;

namespace StackHub.Identity.Erasing;

/// <summary>Under what they were filed, and what was merged into whom.</summary>
public sealed class MatchCopies(Matcher matcher, RecordStore records, Redirects redirects, ITableStore tables) : ISubjectStore
{
    public string Name => "matching";

    public async Task<int> EraseAsync(ErasedSubject subject, CancellationToken cancellationToken)
    {
        var erased = 0;
        foreach (var id in subject.Records)
        {
            if (await records.ReadAsync(id, cancellationToken) is { } stored)
                erased += await matcher.UnfileAsync(stored.Record, cancellationToken);
            if ((await tables.DeleteAsync(Tables.Merges, RecordMerger.Partition, id.ToString(), null, cancellationToken)).Done)
                erased++;
            await redirects.RemoveAsync(id, cancellationToken);
        }
        return erased;
    }
}
