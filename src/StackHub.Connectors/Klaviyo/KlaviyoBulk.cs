using System.Text;
using System.Text.Json.Nodes;
using StackHub.Connecting;

namespace StackHub.Connectors.Klaviyo;

/// <summary>
/// Writes many profiles by bulk import jobs. A job gives no receipt for a record that went well, so every record is read back, and counts
/// as stored only when it says what was written; what does not is left to be written one by one, where it gets an answer of its own.
/// </summary>
internal sealed class KlaviyoBulk(KlaviyoApi api, KlaviyoReader reader, KlaviyoOptions options, KlaviyoWaiting waiting)
{
    private const int MaxBytes = 4_500_000; // 5 MB with a margin
    private static readonly TimeSpan Later = TimeSpan.FromSeconds(30);

    /// <summary>Those that must be written one by one.</summary>
    public async Task<List<KlaviyoPending>> WriteAsync(IReadOnlyList<KlaviyoPending> writes, WriteOutcome[] outcomes, CancellationToken cancellationToken)
    {
        var known = await KlaviyoKnown.AskAsync(reader, writes, cancellationToken);
        var (bulk, alone) = Sort(writes, known, outcomes);
        foreach (var load in Loads(bulk))
            alone.AddRange(await SendAsync(load, outcomes, cancellationToken));
        return alone;
    }

    public static JsonObject Body(IEnumerable<KlaviyoPending> writes) => new()
    {
        ["data"] = new JsonObject
        {
            ["type"] = "profile-bulk-import-job",
            ["attributes"] = new JsonObject { ["profiles"] = new JsonObject { ["data"] = new JsonArray([.. writes.Select(write => write.Resource.DeepClone())]) } },
        },
    };

    /// <summary>Imports take what concerns nobody but the record itself; whatever Klaviyo might give to somebody else is asked one by one.</summary>
    private (List<KlaviyoPending> Bulk, List<KlaviyoPending> Alone) Sort(IReadOnlyList<KlaviyoPending> writes, KlaviyoKnown known, WriteOutcome[] outcomes)
    {
        var (bulk, alone) = (new List<KlaviyoPending>(), new List<KlaviyoPending>());
        var taken = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var write in writes)
        {
            if (write.IsCreate && known.IdOf(write) is { } id)
                outcomes[write.Index] = new WriteOutcome.Existing(reader.Ref(id));
            else if (write.GoesAlone || IsGone(write, known) || !Keys(write).All(taken.Add))
                alone.Add(write);
            else
                bulk.Add(write);
        }

        return (bulk, alone);
    }

    private static bool IsGone(KlaviyoPending write, KlaviyoKnown known) => write.Write.Target is { } id && !known.Ids.Contains(id);

    private static IEnumerable<string> Keys(KlaviyoPending write) =>
        new[] { write.Write.Target ?? write.HubId, write.IsCreate ? write.Email : null }.OfType<string>();

    private static IEnumerable<List<KlaviyoPending>> Loads(List<KlaviyoPending> writes)
    {
        var (load, bytes) = (new List<KlaviyoPending>(), 0);
        foreach (var write in writes)
        {
            var size = Encoding.UTF8.GetByteCount(write.Resource.ToJsonString()) + 1;
            if (load.Count > 0 && (bytes + size > MaxBytes || load.Count == KlaviyoOptions.MaxImport))
            {
                yield return load;
                (load, bytes) = ([], 0);
            }

            load.Add(write);
            bytes += size;
        }

        if (load.Count > 0)
            yield return load;
    }

    private async Task<List<KlaviyoPending>> SendAsync(List<KlaviyoPending> load, WriteOutcome[] outcomes, CancellationToken cancellationToken)
    {
        var open = load.ToList();
        try
        {
            var reply = await api.ImportAsync(Body(load), load.Count, cancellationToken);
            if (reply.Error is not null)
                return load; // the whole of it is refused for one of them: each for itself
            if (reply.Job?.Id is not { } id || await OverAsync(id, cancellationToken) is not { } job)
                return await LeaveAsync(open, outcomes, cancellationToken);
            await waiting.UntilAsync(options.ConfirmWait, async token => (open = await OpenAsync(open, outcomes, token)).Count <= job.Failed, cancellationToken);
            return open;
        }
        catch (VendorUnavailableException e) when (!e.NeedsPerson) // what was sent before this must not be forgotten
        {
            foreach (var write in open)
                outcomes[write.Index] = new WriteOutcome.Retry(e.Reason, e.RetryAfter, Uncertain: true);
            return [];
        }
    }

    /// <summary>The job when it is over; null when it takes longer than we wait.</summary>
    private async Task<KlaviyoJob?> OverAsync(string id, CancellationToken cancellationToken)
    {
        KlaviyoJob? job = null;
        var isOver = await waiting.UntilAsync(options.JobWait, async token => (job = await api.JobAsync(id, token)) is { IsOver: true }, cancellationToken);
        return isOver ? job : null;
    }

    /// <summary>The job goes on without us. What it has done is stored; the rest is looked at again later.</summary>
    private async Task<List<KlaviyoPending>> LeaveAsync(List<KlaviyoPending> open, WriteOutcome[] outcomes, CancellationToken cancellationToken)
    {
        foreach (var write in await OpenAsync(open, outcomes, cancellationToken))
            outcomes[write.Index] = new WriteOutcome.Retry("import_not_confirmed", Later, Uncertain: true);
        return [];
    }

    /// <summary>Reads back, and keeps those that do not say yet what was written.</summary>
    private async Task<List<KlaviyoPending>> OpenAsync(List<KlaviyoPending> open, WriteOutcome[] outcomes, CancellationToken cancellationToken)
    {
        var byId = await reader.ByIdAsync(open.Select(write => write.Write.Target).OfType<string>(), withSubscriptions: false, cancellationToken);
        var created = await reader.FindAsync(KlaviyoFields.ExternalId, open.Where(write => write.IsCreate).Select(write => write.HubId), cancellationToken);
        var byHubId = created.DistinctBy(profile => profile.ExternalId).ToDictionary(profile => profile.ExternalId!);
        var left = new List<KlaviyoPending>();
        foreach (var write in open)
        {
            var profile = write.IsCreate ? byHubId.GetValueOrDefault(write.HubId) : byId.GetValueOrDefault(write.Write.Target!);
            if (profile is not null && KlaviyoMapping.Says(profile, write.Write))
                outcomes[write.Index] = new WriteOutcome.Stored(reader.Ref(profile.Id!), write.IsCreate, profile.Updated, KlaviyoMapping.Stored(profile, write.Write));
            else
                left.Add(write);
        }

        return left;
    }
}
