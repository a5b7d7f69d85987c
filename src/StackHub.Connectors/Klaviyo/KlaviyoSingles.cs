using StackHub.Connecting;

namespace StackHub.Connectors.Klaviyo;

/// <summary>
/// Writes profiles one by one, each with its own answer. A create is a plain create and not the upsert (profile-import), which takes over
/// whoever has the same phone number and the external id a web shop gave; the plain one answers 409 with the other's id, so it makes no
/// second profile either, however often it is sent.
/// </summary>
internal sealed class KlaviyoSingles(KlaviyoApi api, KlaviyoReader reader, KlaviyoOptions options)
{
    private static readonly TimeSpan Later = TimeSpan.FromSeconds(30);

    /// <param name="isAll">Nothing of the call was written otherwise, so that its failing as a whole may be thrown.</param>
    public async Task WriteAsync(IReadOnlyList<KlaviyoPending> writes, WriteOutcome[] outcomes, bool isAll, CancellationToken cancellationToken)
    {
        var failures = new VendorUnavailableException?[writes.Count];
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = options.Concurrency, CancellationToken = cancellationToken };
        await Parallel.ForAsync(0, writes.Count, parallel, async (i, token) =>
        {
            try
            {
                outcomes[writes[i].Index] = await (writes[i].IsCreate ? CreateAsync(writes[i], token) : UpdateAsync(writes[i], token));
            }
            catch (VendorUnavailableException e) // one record without an answer must not hide what became of the others
            {
                failures[i] = e;
                outcomes[writes[i].Index] = new WriteOutcome.Retry(e.Reason, e.RetryAfter, e.Uncertain);
            }
        });
        // Nothing was carried out and nothing may have been: the caller learns the reason instead of a list of retries.
        if (isAll && failures.All(failure => failure is { Uncertain: false }) && failures.FirstOrDefault() is { } first)
            throw first;
    }

    private async Task<WriteOutcome> CreateAsync(KlaviyoPending pending, CancellationToken cancellationToken)
    {
        var reply = await api.CreateAsync(pending.Body, cancellationToken);
        return reply.IsConflict ? await ConflictAsync(pending, reply.Error!, cancellationToken) : Outcome(pending, reply);
    }

    private async Task<WriteOutcome> UpdateAsync(KlaviyoPending pending, CancellationToken cancellationToken)
    {
        var reply = await api.UpdateAsync(pending.Write.Target!, pending.Body, cancellationToken);
        if (reply.IsMissing)
            return await reader.FateAsync(pending.Write, cancellationToken);
        return reply.IsConflict ? await ConflictAsync(pending, reply.Error!, cancellationToken) : Outcome(pending, reply);
    }

    private WriteOutcome Outcome(KlaviyoPending pending, KlaviyoReply reply)
    {
        if (reply.Error is { } error)
            return KlaviyoRefusal.Of(error, pending.Write);
        return reply.Profile is { Id: { } id } profile
            ? new WriteOutcome.Stored(reader.Ref(id), pending.IsCreate, profile.Updated, KlaviyoMapping.Stored(profile, pending.Write))
            : new WriteOutcome.Retry("an answer without an id", Uncertain: true);
    }

    /// <summary>Another profile has one of the identifiers, and the answer says which profile but not which identifier.</summary>
    private async Task<WriteOutcome> ConflictAsync(KlaviyoPending pending, KlaviyoError error, CancellationToken cancellationToken)
    {
        if (error.Meta?.DuplicateProfileId is not { Length: > 0 } id || await api.GetAsync(id, withSubscriptions: false, cancellationToken) is not { Id: { } found } other)
            return new WriteOutcome.Retry(KlaviyoRefusal.Duplicate, Later);
        var isSame = (pending.IsCreate && other.ExternalId == pending.HubId) || (pending.Email is { } email && string.Equals(other.Email, email, StringComparison.OrdinalIgnoreCase));
        if (isSame)
            return new WriteOutcome.Existing(reader.Ref(found));
        return pending.Phone is null ? KlaviyoRefusal.Of(error, pending.Write) : KlaviyoRefusal.PhoneTaken();
    }
}
