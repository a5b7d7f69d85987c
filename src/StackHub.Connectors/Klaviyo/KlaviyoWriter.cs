using StackHub.Connecting;

namespace StackHub.Connectors.Klaviyo;

/// <summary>Writes profiles: many by an import, few or doubtful ones one by one, and consent behind both.</summary>
internal sealed class KlaviyoWriter(KlaviyoBulk bulk, KlaviyoSingles singles, KlaviyoConsent consent, KlaviyoReader reader, KlaviyoOptions options)
{
    public async Task<IReadOnlyList<WriteOutcome>> WriteAsync(IReadOnlyList<RecordWrite> writes, CancellationToken cancellationToken)
    {
        var outcomes = new WriteOutcome[writes.Count];
        foreach (var (index, write) in writes.Index().Where(entry => entry.Item.Target is not null))
            outcomes[index] = new WriteOutcome.Stored(reader.Ref(write.Target!), Created: false); // until told otherwise: it may be about consent only
        var pending = KlaviyoPending.Of(writes);
        var isBulk = pending.Count >= options.BulkFrom;
        var alone = isBulk ? await bulk.WriteAsync(pending, outcomes, cancellationToken) : pending;
        await singles.WriteAsync(alone, outcomes, isAll: !isBulk && pending.Count == writes.Count, cancellationToken);
        await consent.WriteAsync(writes, outcomes, cancellationToken);
        return outcomes;
    }

    public IReadOnlyList<PlannedRequest> Preview(IReadOnlyList<RecordWrite> writes)
    {
        var pending = KlaviyoPending.Of(writes);
        var bulk = pending.Count >= options.BulkFrom ? pending.Where(write => !write.GoesAlone).ToList() : [];
        IEnumerable<PlannedRequest> imports = bulk.Count > 0 ? [new("POST", KlaviyoApi.ImportPath, KlaviyoBulk.Body(bulk).ToJsonString())] : [];
        return [.. imports, .. pending.Except(bulk).Select(One), .. consent.Preview(writes)];
    }

    private static PlannedRequest One(KlaviyoPending pending) => pending.Write.Target is { } id
        ? new("PATCH", KlaviyoApi.ProfilePath(id), pending.Body.ToJsonString())
        : new("POST", KlaviyoApi.ProfilesPath, pending.Body.ToJsonString());
}
