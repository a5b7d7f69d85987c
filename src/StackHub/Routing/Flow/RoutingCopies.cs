using StackHub.Records;
using StackHub.Routing.Ledger;
using StackHub.Suppression;

namespace StackHub.Routing.Flow;

/// <summary>
/// The routings of somebody erased: whoever waits is taken out of the queue, what decisions were made from goes, and what was decided stays,
/// since it names owners, rules and a record's id only.
/// </summary>
public sealed class RoutingCopies(RoutingLedger ledger, LeadRouter router, HoldingAlerts alerts) : ISubjectStore
{
    public string Name => "routing";

    public async Task<int> EraseAsync(ErasedSubject subject, CancellationToken cancellationToken)
    {
        var erased = 0;
        foreach (var lead in subject.Records)
            erased += (await WithdrawAsync(lead, cancellationToken) ? 1 : 0) + await ledger.ForgetInputsAsync(lead, cancellationToken);
        return erased;
    }

    private async Task<bool> WithdrawAsync(RecordId lead, CancellationToken cancellationToken)
    {
        if (await ledger.LastAsync(lead, cancellationToken) is not (_, { Entry.State: LedgerState.Held } held))
            return false;
        await alerts.CloseAsync(lead, cancellationToken);
        return await router.EndAsync(held, LedgerState.Withdrawn, "erased", refund: false, cancellationToken);
    }
}
