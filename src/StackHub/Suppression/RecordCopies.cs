using StackHub.Records;

namespace StackHub.Suppression;

/// <summary>The records themselves. Everything else is found by them, so they go last.</summary>
public sealed class RecordCopies(RecordStore records) : ISubjectStore
{
    public string Name => "records";

    public int Order => 100;

    public async Task<int> EraseAsync(ErasedSubject subject, CancellationToken cancellationToken)
    {
        var erased = 0;
        foreach (var id in subject.Records)
            erased += await records.EraseAsync(id, cancellationToken);
        return erased;
    }
}
