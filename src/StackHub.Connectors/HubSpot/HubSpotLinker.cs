using StackHub.Connecting;
using StackHub.Records;

namespace StackHub.Connectors.HubSpot;

/// <summary>
/// Writes association fields, after the records themselves. A field is written as a whole, so what is there is read first and only the
/// difference is sent. The association a single reference showed before is removed: left in place it would come back as the field's value
/// as soon as the new one is cleared.
/// </summary>
internal sealed class HubSpotLinker(SystemId system, HubSpotApi api, HubSpotReader reader, HubSpotLinkMap map)
{
    public async Task WriteAsync(HubSpotObject type, IReadOnlyList<RecordWrite> writes, WriteOutcome[] outcomes, CancellationToken cancellationToken)
    {
        foreach (var link in type.Associations)
        {
            var wanted = Wanted(link, writes, outcomes);
            if (wanted.Count == 0)
                continue;
            try
            {
                await WriteAsync(link, wanted, outcomes, cancellationToken).ConfigureAwait(false);
            }
            catch (VendorUnavailableException e) when (!e.NeedsPerson) // the properties are stored; writing them again with the links does no harm
            {
                foreach (var item in wanted)
                    outcomes[item.Index] = new WriteOutcome.Retry(e.Reason, e.RetryAfter, e.Uncertain);
            }
        }
    }

    public IEnumerable<PlannedRequest> Preview(HubSpotObject type, IReadOnlyList<RecordWrite> writes)
    {
        foreach (var link in type.Associations)
        {
            var adds = writes.Where(w => w.Target is not null)
                .SelectMany(w => w.Fields.Where(f => f.VendorField == link.Field).SelectMany(f => Links(link, w.Target!, HubSpotLinkMap.Parse(link, f.Value.Text))))
                .ToList();
            if (adds.Count > 0)
                yield return new PlannedRequest("POST", api.LinkPath(link), HubSpotApi.Preview(adds, HubSpotJson.Default.LinkWrites));
        }
    }

    private static List<Wish> Wanted(HubSpotAssociation link, IReadOnlyList<RecordWrite> writes, WriteOutcome[] outcomes)
    {
        var wanted = new List<Wish>();
        for (var i = 0; i < writes.Count; i++)
        {
            if (outcomes[i] is WriteOutcome.Stored stored && writes[i].Fields.FirstOrDefault(f => f.VendorField == link.Field) is { VendorField: not null } field)
                wanted.Add(new(i, stored.Ref.Id, HubSpotLinkMap.Parse(link, field.Value.Text)));
        }

        return wanted;
    }

    private async Task WriteAsync(HubSpotAssociation link, List<Wish> wanted, WriteOutcome[] outcomes, CancellationToken cancellationToken)
    {
        var existing = wanted.FindAll(w => !((WriteOutcome.Stored)outcomes[w.Index]).Created).ConvertAll(w => w.Id);
        var current = existing.Count == 0 ? [] : await reader.LinksAsync(link, existing, cancellationToken).ConfigureAwait(false);
        foreach (var wish in wanted)
            wish.Compare(link, map, current.GetValueOrDefault(wish.Id) ?? []);

        await AddAsync(link, wanted, outcomes, cancellationToken).ConfigureAwait(false);
        var alive = wanted.FindAll(w => outcomes[w.Index] is WriteOutcome.Stored);
        await RemoveLabelsAsync(link, alive, cancellationToken).ConfigureAwait(false);
        await RemoveAsync(link, alive, cancellationToken).ConfigureAwait(false);
        foreach (var wish in alive)
            outcomes[wish.Index] = With((WriteOutcome.Stored)outcomes[wish.Index], link.Field, wish.Stored(map));
    }

    private async Task AddAsync(HubSpotAssociation link, List<Wish> wanted, WriteOutcome[] outcomes, CancellationToken cancellationToken)
    {
        var adds = wanted.SelectMany(w => Links(link, w.Id, w.Adds).Select(a => (Wish: w, Add: a))).ToList();
        foreach (var chunk in adds.Chunk(100))
            await AddAsync(link, chunk, outcomes, cancellationToken).ConfigureAwait(false);
    }

    // As with records: a batch that is refused as a whole is halved until the bad pair is alone.
    private async Task AddAsync(HubSpotAssociation link, ArraySegment<(Wish Wish, HubSpotLinkWrite Add)> adds, WriteOutcome[] outcomes, CancellationToken cancellationToken)
    {
        if (adds.Count == 0)
            return;
        var reply = await api.LinkAsync(link, [.. adds.Select(a => a.Add)], cancellationToken).ConfigureAwait(false);
        if (reply.Error is not null && adds.Count > 1)
        {
            await AddAsync(link, adds[..(adds.Count / 2)], outcomes, cancellationToken).ConfigureAwait(false);
            await AddAsync(link, adds[(adds.Count / 2)..], outcomes, cancellationToken).ConfigureAwait(false);
            return;
        }

        var done = (reply.Answer?.Results ?? []).Select(r => (r.FromObjectId, r.ToObjectId)).ToHashSet();
        foreach (var (wish, add) in adds.Where(a => !done.Contains((a.Add.From.Id, a.Add.To.Id))))
            outcomes[wish.Index] = Refused(link, add, reply);
    }

    private static WriteOutcome.Refused Refused(HubSpotAssociation link, HubSpotLinkWrite add, HubSpotReply<HubSpotLinkedPairs> reply)
    {
        var error = reply.Error ?? reply.Answer?.Errors?.FirstOrDefault(e => HubSpotErrors.Names(e, add.To.Id, null)) ?? (reply.Answer?.Errors is [var first, ..] ? first : null);
        return error is null
            ? new("NOT_LINKED", $"HubSpot did not link the record to {link.To} {add.To.Id}.", link.Field)
            : new(HubSpotErrors.Code(error), error.Message ?? $"HubSpot did not link the record to {link.To} {add.To.Id}.", link.Field);
    }

    private async Task RemoveAsync(HubSpotAssociation link, List<Wish> wanted, CancellationToken cancellationToken)
    {
        var removals = wanted.Where(w => w.Removals.Count > 0).Select(w => new HubSpotLinkRemoval(new(w.Id), [.. w.Removals.Select(id => new HubSpotId(id))])).ToList();
        foreach (var chunk in removals.Chunk(100))
            Require(await api.UnlinkAsync(link, chunk, cancellationToken).ConfigureAwait(false), link);
    }

    private async Task RemoveLabelsAsync(HubSpotAssociation link, List<Wish> wanted, CancellationToken cancellationToken)
    {
        var labels = wanted.SelectMany(w => w.Unlabel.Select(u => new HubSpotLinkWrite(new(w.Id), new(u.Key), [u.Value]))).ToList();
        foreach (var chunk in labels.Chunk(100))
            Require(await api.UnlabelAsync(link, chunk, cancellationToken).ConfigureAwait(false), link);
    }

    private void Require(HubSpotReply<HubSpotLinkedPairs> reply, HubSpotAssociation link)
    {
        if (reply.Error is { } error)
            throw new VendorUnavailableException(system, $"{link.From}.{link.To}.archive: {HubSpotErrors.Code(error)}");
    }

    private IEnumerable<HubSpotLinkWrite> Links(HubSpotAssociation link, string from, IEnumerable<KeyValuePair<string, string?>> to) =>
        to.Select(t => new HubSpotLinkWrite(new(from), new(t.Key), map.TypesOf(link, t.Value)));

    private static WriteOutcome.Stored With(WriteOutcome.Stored stored, string field, string? value) =>
        stored with { Values = new Dictionary<string, string?>(stored.Values ?? new Dictionary<string, string?>()) { [field] = value } };

    /// <summary>What one record's field should say, and what that takes.</summary>
    private sealed class Wish(int index, string id, Dictionary<string, string?> links)
    {
        public int Index => index;

        public string Id => id;

        public List<KeyValuePair<string, string?>> Adds { get; private set; } = [];

        public List<string> Removals { get; private set; } = [];

        public List<KeyValuePair<string, HubSpotLinkType>> Unlabel { get; private set; } = [];

        public void Compare(HubSpotAssociation link, HubSpotLinkMap map, List<HubSpotLink> current)
        {
            if (!link.Many)
            {
                var shown = HubSpotLinkMap.Single(link, current);
                var isPrimary = shown?.AssociationTypes.Any(t => t.TypeId == link.TypeId) ?? false;
                Adds = [.. links.Where(l => l.Key != shown?.ToObjectId || !isPrimary)];
                Removals = shown is not null && !links.ContainsKey(shown.ToObjectId) ? [shown.ToObjectId] : [];
                return;
            }

            var have = current.DistinctBy(l => l.ToObjectId).ToDictionary(l => l.ToObjectId, map.RoleOf);
            Adds = [.. links.Where(l => !have.TryGetValue(l.Key, out var role) || (role != l.Value && map.Knows(l.Value) && l.Value is not null))];
            Removals = [.. have.Keys.Where(to => !links.ContainsKey(to))];
            Unlabel = [.. have.Where(h => links.TryGetValue(h.Key, out var role) && role != h.Value && map.LabelOf(h.Value) is not null)
                .Select(h => KeyValuePair.Create(h.Key, map.LabelOf(h.Value)!))];
        }

        /// <summary>What HubSpot holds now: roles it has no label for are not there.</summary>
        public string? Stored(HubSpotLinkMap map) =>
            HubSpotLinkMap.Join(links.Select(l => KeyValuePair.Create(l.Key, map.Knows(l.Value) ? l.Value : null)));
    }
}
