using StackHub.Configuration;
using StackHub.Flows;
using StackHub.Lifecycle.Accounts;
using StackHub.Lifecycle.Findings;
using StackHub.Lifecycle.Ledger;
using StackHub.Lifecycle.Service;
using StackHub.Records;

namespace StackHub.Lifecycle;

/// <summary>
/// What follows from a decision that is kept: the fields the hub says, the account, the clocks to look at, the findings. Each is done by
/// what is missing, so that a crash in between leaves nothing undone when the message comes again.
/// </summary>
public sealed class JourneyEffects(HubModel model, AccountBoard accounts, DueClocks due, LifecycleFindings findings, LifecycleLedger ledger)
{
    /// <summary>What the hub has to say of the person by now; null when it has said it. The caller sends it, that of many people at once.</summary>
    public async Task<FieldWrite?> FollowAsync(LoadedCase loaded, JourneyHead head, bool again, CancellationToken cancellationToken)
    {
        var before = loaded.Head.Head;
        if (again || !ReferenceEquals(head, before) || loaded.Record is { DistinctFrom.IsEmpty: false })
        {
            await due.PlanAsync(loaded.Case.Person, head.Clocks, cancellationToken);
            await FindAsync(loaded.Case.Person, before, head, cancellationToken);
            await LeaveMergedAsync(loaded, again, cancellationToken);
            await accounts.PlaceAsync(loaded.Case.Person, before.Standing, head.IsErased ? null : head.Standing, again, cancellationToken);
        }

        return !head.IsErased && loaded.Record is { } record ? Said(record, head) : null;
    }

    /// <summary>The hub says it once more while its own cells do not: an answer that was lost, or a write that waits, is the same observation.</summary>
    private FieldWrite? Said(HubRecord record, JourneyHead head)
    {
        var link = record.Link(HubAuthor.Of(record.Id, record.Kind));
        var fields = head.Fields.Where(field => model.Fields[record.Kind].ContainsKey(field.Key)).ToDictionary();
        return fields.All(field => link?.Cell(field.Key).State.Claim?.Value.Text == field.Value) ? null : new(record.Id, head.DecidedAt, fields);
    }

    private async Task FindAsync(RecordId person, JourneyHead before, JourneyHead head, CancellationToken cancellationToken)
    {
        foreach (var mended in before.Unmapped.Except(head.Unmapped))
            await findings.RemoveAsync(Unmapped(person, mended), cancellationToken);
        foreach (var word in head.Unmapped)
            await findings.AddAsync(Unmapped(person, word), cancellationToken);
    }

    private static LifecycleFinding Unmapped(RecordId person, string word)
    {
        var bar = word.IndexOf('|', StringComparison.Ordinal);
        return new(FindingKind.UnmappedStage, person, word[..bar], word[(bar + 1)..]);
    }

    /// <summary>Whoever lives on in somebody else counts for no account of their own.</summary>
    private async Task LeaveMergedAsync(LoadedCase loaded, bool again, CancellationToken cancellationToken)
    {
        foreach (var merged in loaded.Merged)
            await accounts.PlaceAsync(merged, (await ledger.HeadAsync(merged, cancellationToken)).Head.Standing, null, again, cancellationToken);
    }
}
