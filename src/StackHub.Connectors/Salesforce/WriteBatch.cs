using System.Diagnostics;
using StackHub.Connecting;

namespace StackHub.Connectors.Salesforce;

/// <summary>The writes of one call and the outcomes they have so far, in the same order.</summary>
internal sealed class WriteBatch(IReadOnlyList<RecordWrite> writes)
{
    private readonly WriteOutcome?[] outcomes = new WriteOutcome?[writes.Count];

    public IReadOnlyList<int> Open => [.. Enumerable.Range(0, outcomes.Length).Where(index => outcomes[index] is null)];

    public IReadOnlyList<int> OpenCreates => [.. Open.Where(index => writes[index].Target is null)];

    public IReadOnlyList<WriteOutcome> Outcomes => [.. outcomes.Select(outcome => outcome ?? throw new UnreachableException("A write has no outcome."))];

    public IEnumerable<(int Index, WriteOutcome.Stored Outcome)> Stored =>
        from index in Enumerable.Range(0, outcomes.Length)
        let stored = outcomes[index] as WriteOutcome.Stored
        where stored is not null
        select (index, stored);

    public RecordWrite WriteAt(int index) => writes[index];

    public void Settle(int index, WriteOutcome outcome)
    {
        Debug.Assert(outcomes[index] is null, "A write is settled once.");
        outcomes[index] = outcome;
    }

    public void Replace(int index, WriteOutcome outcome) => outcomes[index] = outcome;
}
