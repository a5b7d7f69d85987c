using StackHub.Configuration;
using StackHub.Flows;
using StackHub.Permissions;
using StackHub.Records;

namespace StackHub.Privacy.Consent;

/// <summary>
/// Brings ledger and record to say the same: what tools' flags say goes into the ledger, what the ledger knows of the person's addresses
/// onto the record, and an opt-out that a tool took back by itself to people.
/// </summary>
public sealed class ConsentUpkeep(HubModel model, RecordStore records, ConsentLedger ledger, FieldWrites writes, IOptOutAlarm alarm)
{
    /// <summary>The record as it was found; null when there is none to look after.</summary>
    public async Task<HubRecord?> RunAsync(RecordId id, CancellationToken cancellationToken)
    {
        if (await records.ReadAsync(id, cancellationToken) is not { Record: { Kind: RecordKind.Person, MergedInto: null } record })
            return null;
        await ledger.AppendAsync(ConsentSubject.Of(id), ConsentRules.Flags(record, model.Purposes).Where(said => !ConsentMark.Of(record).Contains(said.Mark)), cancellationToken);
        var events = await ledger.OfAsync(record, cancellationToken);
        await writes.SendAsync(ConsentRules.Missing(record, events).Select(mark => ConsentRules.Write(id, mark)), cancellationToken);
        foreach (var reverted in ConsentRules.Reverted(record, model.Purposes))
            await alarm.RaiseAsync(reverted, cancellationToken);
        return record;
    }
}
