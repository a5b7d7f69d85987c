using StackHub.Connecting;
using StackHub.Records;

namespace StackHub.Connectors.Zendesk;

/// <summary>
/// Writes a batch: what is there is read, updates and creates go as one job each, refused duplicates are looked up, changed addresses are put
/// first, and what is stored is read back. create_many is used and not create_or_update_many: that one finds by address too, and would
/// write to an agent who has it, and put the hub's id in place of somebody else's.
/// </summary>
internal sealed class ZendeskWriter(ZendeskApi api, ZendeskBulk bulk, ZendeskDuplicates duplicates, ZendeskEmails emails, SystemId system)
{
    public async Task<IReadOnlyList<WriteOutcome>> WriteAsync(ZendeskType type, IReadOnlyList<RecordWrite> writes, CancellationToken cancellationToken)
    {
        var batch = new ZendeskBatch(system, type, writes);
        await batch.TryAsync(token => SortAsync(batch, token), cancellationToken).ConfigureAwait(false);
        await batch.TryAsync(token => SendAsync(batch, batch.Updates, token), cancellationToken).ConfigureAwait(false);
        await batch.TryAsync(token => SendAsync(batch, batch.Creates, token), cancellationToken).ConfigureAwait(false);
        await batch.TryAsync(token => ReadBackAsync(batch, token), cancellationToken).ConfigureAwait(false);
        return batch.Outcomes();
    }

    public async Task<IReadOnlyList<WriteOutcome>> DeleteAsync(ZendeskType type, IReadOnlyList<string> ids, CancellationToken cancellationToken)
    {
        var known = ById(await api.ShowManyAsync(type, [.. ids.Distinct()], cancellationToken).ConfigureAwait(false));
        string[] live = [.. ids.Distinct().Where(id => known.GetValueOrDefault(id) is { IsPresent: true, IsLive: true })];
        var results = live.Length == 0 ? [] : await bulk.DeleteAsync(type, live, cancellationToken).ConfigureAwait(false);
        var byId = live.Zip(results).ToDictionary(pair => pair.First, pair => pair.Second);
        return [.. ids.Select(id => known.GetValueOrDefault(id) is { IsPresent: true, IsDeleted: false, IsStaff: true }
            ? ZendeskRefusal.OfStaff(null)
            : byId.TryGetValue(id, out var result) ? DeletedOutcome(type, result) : new WriteOutcome.Gone())];
    }

    private static WriteOutcome DeletedOutcome(ZendeskType type, ZendeskResult result) => result.Row switch
    {
        null => new WriteOutcome.Retry("no row for the record", Uncertain: true),
        { IsDone: true } => new WriteOutcome.Gone(),
        var row => ZendeskRefusal.IsMissing(row) ? new WriteOutcome.Gone() : ZendeskRefusal.Of(type, row, []),
    };

    /// <summary>Decides what each record needs, from what is there now: an update of a record that is gone or an agent's is not sent.</summary>
    private async Task SortAsync(ZendeskBatch batch, CancellationToken cancellationToken)
    {
        var type = batch.Type;
        string[] targets = [.. batch.Writes.Select(write => write.Target).OfType<string>().Distinct()];
        var known = targets.Length == 0 ? [] : ById(await api.ShowManyAsync(type, targets, cancellationToken).ConfigureAwait(false));
        bool IsLost(RecordWrite write) => write.Target is { } target && known.GetValueOrDefault(target) is not { IsPresent: true, IsDeleted: false };
        var ours = await duplicates.OursAsync(type, [.. batch.Writes.Where(write => IsLost(write) || (write.Target is null && write.Uncertain))], cancellationToken).ConfigureAwait(false);
        for (var index = 0; index < batch.Writes.Count; index++)
        {
            var write = batch.Writes[index];
            var own = ours.GetValueOrDefault(write.HubId.ToString()).Id;
            if (write.Target is null && own is null)
                batch.Creates.Add(new(index, write, default));
            else if (write.Target is null)
                batch.Set(index, new WriteOutcome.Existing(batch.RefOf(own!)));
            else if (IsLost(write))
                batch.Set(index, own is not null ? new WriteOutcome.Moved(batch.RefOf(own)) : new WriteOutcome.Gone());
            else if (known[write.Target].IsStaff) // became an agent: out of the hub's reach, as if it were gone
                batch.Set(index, new WriteOutcome.Gone());
            else
                batch.Updates.Add(new(index, write, known[write.Target]));
        }
    }

    private async Task SendAsync(ZendeskBatch batch, IReadOnlyList<ZendeskPending> pending, CancellationToken cancellationToken)
    {
        if (pending.Count == 0)
            return;
        var creates = pending[0].Write.Target is null;
        var bodies = pending.Select(one => one.Body(batch.Type)).ToList();
        var results = creates
            ? await bulk.CreateAsync(batch.Type, bodies, cancellationToken).ConfigureAwait(false)
            : await bulk.UpdateAsync(batch.Type, bodies, cancellationToken).ConfigureAwait(false);
        var sent = pending.Zip(results).ToList();
        foreach (var (one, result) in sent.Where(pair => pair.Second.Row is null || pair.Second.StoredId is not null))
        {
            if (result.StoredId is { } id)
                batch.Written(one, id);
            else
                batch.Fail(one.Index, result.Failure ?? api.Unavailable($"{batch.Type}: no row for the record", uncertain: true));
        }

        var refused = sent.Where(pair => pair.Second is { Row: not null, StoredId: null }).ToList();
        if (creates)
            await ResolveAsync(batch, refused, cancellationToken).ConfigureAwait(false);
        else
            refused.ForEach(pair => batch.Set(pair.First.Index, UpdateOutcome(batch, pair.First, pair.Second.Row!)));
    }

    private static WriteOutcome UpdateOutcome(ZendeskBatch batch, ZendeskPending pending, ZendeskRow row) => row switch
    {
        { IsDone: true } => new WriteOutcome.Retry("a row without an id", Uncertain: true),
        _ => ZendeskRefusal.IsMissing(row) ? new WriteOutcome.Gone() : ZendeskRefusal.Of(batch.Type, row, pending.Write.Fields),
    };

    private async Task ResolveAsync(ZendeskBatch batch, List<(ZendeskPending Pending, ZendeskResult Result)> refused, CancellationToken cancellationToken)
    {
        var ours = await duplicates.OursAsync(batch.Type, [.. refused.Select(pair => pair.Pending.Write)], cancellationToken).ConfigureAwait(false);
        var createdNow = batch.CreatedNow();
        foreach (var (one, result) in refused)
        {
            await batch.TryAsync(
                async token => batch.Set(one.Index, await duplicates.ResolveAsync(batch.Type, one.Write, result.Row!, ours.GetValueOrDefault(one.Write.HubId.ToString()), createdNow, token).ConfigureAwait(false)),
                cancellationToken,
                one.Index).ConfigureAwait(false);
        }
    }

    private async Task ReadBackAsync(ZendeskBatch batch, CancellationToken cancellationToken)
    {
        foreach (var (one, id) in batch.Stored.Where(stored => batch.Type.IsUsers && stored.Pending.Write.Target is not null && ZendeskEmails.Changes(stored.Pending.Write, stored.Pending.Current)))
            await batch.TryAsync(token => emails.PutFirstAsync(id, one.Write, token), cancellationToken, one.Index).ConfigureAwait(false);
        if (batch.Stored.Count == 0)
            return;
        var known = ById(await api.ShowManyAsync(batch.Type, [.. batch.Stored.Select(stored => stored.Id).Distinct()], cancellationToken).ConfigureAwait(false));
        foreach (var (one, id) in batch.Stored)
            batch.Confirm(one, id, known.GetValueOrDefault(id));
    }

    private static Dictionary<string, ZendeskItem> ById(ZendeskPage page) => page.Items.Where(item => item.Id is not null).DistinctBy(item => item.Id).ToDictionary(item => item.Id!);
}
