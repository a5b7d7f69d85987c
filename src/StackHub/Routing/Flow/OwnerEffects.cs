using StackHub.Configuration;
using StackHub.Connecting;
using StackHub.Flows;
using StackHub.Mapping;
using StackHub.Records;
using StackHub.Routing.Ledger;
using StackHub.Routing.Signals;
using StackHub.Sync;
using StackHub.Sync.Apply;
using FieldWrite = StackHub.Flows.FieldWrite;

namespace StackHub.Routing.Flow;

/// <summary>
/// Writes owners that were decided. Before that the person is read again in every tool that knows owners: what somebody did there meanwhile
/// wins, and the turn is given back. A tool that is down holds up its own people only.
/// </summary>
public sealed class OwnerEffects(HubModel model, LeadFiles files, LeadRouter router, RoutingLedger ledger, ChangeApplier applier, FieldWrites writes, RecordStore records, SignalSender signals)
{
    public async Task WriteAsync(IReadOnlyCollection<NextStep.Write> due, RoutingPlan plan, CancellationToken cancellationToken)
    {
        if (due.Count == 0)
            return;
        var (unread, down) = await RereadAsync(due, cancellationToken);
        var sent = new List<FieldWrite>(due.Count);
        foreach (var write in due.Where(write => !unread.Contains(write.Entry.Lead)))
            if (await DecideAsync(write, plan, cancellationToken) is { } owner)
            {
                sent.Add(owner);
                await signals.RoutedAsync(write.Entry, cancellationToken); // kept before the write that makes it certain: after a crash both are due again
            }
        await writes.SendAsync(sent, cancellationToken);
        if (down is not null)
            throw down; // the message comes again, and finds those it could not read undone
    }

    /// <summary>Asked again of the record as it is now: the write, or null when somebody has taken the lead.</summary>
    private async Task<FieldWrite?> DecideAsync(NextStep.Write write, RoutingPlan plan, CancellationToken cancellationToken)
    {
        var lead = write.Entry.Lead;
        if (await files.OpenAsync(lead, plan, cancellationToken) is not { } file || await ledger.FindAsync(lead, write.Entry.Attempt, cancellationToken) is not { } stored)
            return null;
        switch (NextStep.Of(LeadStanding.Of(plan, file), stored.Entry.Attempt, stored.Entry))
        {
            case NextStep.Write again:
                return new(lead, again.At, Fields(again.Entry, file));
            case NextStep.End { To: LedgerState.Refunded } end:
                await router.EndAsync(stored, end.To, end.Why, refund: true, cancellationToken);
                return null;
            default:
                return null; // it became something else; its change is told, and looked at then
        }
    }

    private Dictionary<string, string?> Fields(LedgerEntry entry, LeadFile file)
    {
        var fields = new Dictionary<string, string?> { [DefaultFields.Owner] = entry.Owner };
        if (model.Fields[RecordKind.Person].ContainsKey(LeadContext.Field))
            fields[LeadContext.Field] = LeadContext.Of(entry, file);
        return fields;
    }

    /// <summary>Whom a tool could not be asked about, and why.</summary>
    private async Task<(HashSet<RecordId> Unread, VendorUnavailableException? Down)> RereadAsync(IReadOnlyCollection<NextStep.Write> due, CancellationToken cancellationToken)
    {
        var links = new List<(RecordId Lead, ExternalRef Ref)>();
        foreach (var lead in due.Select(write => write.Entry.Lead))
            if (await records.GetAsync(lead, cancellationToken) is { } stored)
                links.AddRange(stored.Record.Links.Where(KnowsOwners).Select(link => (lead, link.Ref)));
        var unread = new HashSet<RecordId>();
        VendorUnavailableException? down = null;
        foreach (var system in links.GroupBy(link => link.Ref.System))
        {
            try
            {
                await applier.ApplyAsync(system.Key, [.. system.Select(link => new Change.Touched(link.Ref))], new(Lane.Interactive, Emit: true), cancellationToken);
            }
            catch (VendorUnavailableException e) // one tool being down must not hold up the others' people
            {
                down = e;
                unread.UnionWith(system.Select(link => link.Lead));
            }
        }

        return (unread, down);
    }

    private bool KnowsOwners(LinkedRecord link) =>
        link.Active && model.Systems.TryGetValue(link.Ref.System, out var system) && system.Maps.TryGetValue(link.Ref.ObjectType, out var map)
        && map.Field(DefaultFields.Owner)?.Map.Direction.HasFlag(MapDirection.In) == true;
}
