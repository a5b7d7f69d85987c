using StackHub.Configuration;
using StackHub.Lifecycle.Findings;
using StackHub.Lifecycle.Ledger;
using StackHub.Lifecycle.Overrides;
using StackHub.Records;
using StackHub.Suppression;

namespace StackHub.Lifecycle;

/// <summary>
/// The journeys of somebody erased: their words and what a person had to mend about them go, the journey is closed, and what is left is a
/// record's id with stages and times, which reports need and which names nobody.
/// </summary>
public sealed class LifecycleCopies(HubModel model, LifecycleLedger ledger, LifecycleFindings findings, OverrideStore overrides, LifecycleFlow flow) : ISubjectStore
{
    public string Name => "lifecycle";

    public async Task<int> EraseAsync(ErasedSubject subject, CancellationToken cancellationToken)
    {
        var erased = 0;
        foreach (var person in subject.Records)
            erased += await ledger.ForgetWordsAsync(person, cancellationToken) + await findings.ForgetAsync(person, cancellationToken) + await overrides.ForgetAsync(person, cancellationToken) + await CloseAsync(person, cancellationToken);
        return erased;
    }

    private async Task<int> CloseAsync(RecordId person, CancellationToken cancellationToken)
    {
        if (model.Lifecycle is null || await ledger.HeadAsync(person, cancellationToken) is not { ETag: not null, Head.IsErased: false })
            return 0;
        await flow.RunPersonAsync(person, again: true, cancellationToken);
        return 1;
    }
}
