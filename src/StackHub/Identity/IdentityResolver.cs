using StackHub.Mapping;
using StackHub.Records;

namespace StackHub.Identity;

/// <summary>Which record a vendor's record belongs to.</summary>
/// <param name="Rival">The record that owns its address, where the two did not agree: only one of them may be created elsewhere.</param>
/// <param name="IsNew">The id was made for it.</param>
public sealed record IdentityAnswer(RecordId Id, RecordId? Rival = null, bool IsNew = false);

/// <summary>
/// Finds the record of a vendor's record, or claims a new one. A vendor's id is identity; then the hub's own mark on a record it
/// created; then the keys that records claim, each under the name agreement it needs. Claims are insert-if-absent, so however many
/// workers meet the same new person at once, one record comes of it.
/// </summary>
public sealed class IdentityResolver(ClaimStore claims, RecordStore records, Redirects redirects, TimeProvider time)
{
    private static readonly TimeSpan ClaimSettles = TimeSpan.FromMilliseconds(20);
    private const int ClaimRetries = 25;

    /// <summary>The record this reference is linked to; null when it never was.</summary>
    public async ValueTask<RecordId?> KnownAsync(ExternalRef reference, CancellationToken cancellationToken)
    {
        if (await claims.OwnerAsync(reference, cancellationToken) is not { } owner)
            return null;
        var id = redirects.Follow(owner);
        for (var hops = 0; hops < Redirects.MostHops; hops++)
        {
            var record = (await records.GetAsync(id, cancellationToken))?.Record;
            // An undone merge gave the link back: the claim row may still say otherwise.
            if (record is not null && record.GivenBack.TryGetValue(reference, out var givenTo))
                return givenTo;
            if (record?.MergedInto is not { } survivor) // the mark of a merge comes before its redirect
                return id;
            id = survivor;
        }
        throw new InvalidDataException($"The merges of record {id} have no end.");
    }

    /// <param name="keys">What the vendor's record may claim (see <see cref="RecordFeatures.Keys"/>).</param>
    /// <param name="value">Canonical text by field name, of what the vendor's record says.</param>
    public async Task<IdentityAnswer> ResolveAsync(ExternalRef reference, RecordKind kind, IReadOnlyList<IdentityKey> keys, Func<string, string?> value, string? phoneRegion, CancellationToken cancellationToken)
    {
        if (await KnownAsync(reference, cancellationToken) is { } known)
            return new(known);
        if (await MarkedAsync(reference, kind, value(FieldDefinition.HubId), cancellationToken) is { } marked)
            return new(await claims.ClaimAsync(reference, marked, cancellationToken));
        var found = await FindAsync(kind, keys, value, phoneRegion, cancellationToken);
        var made = RecordId.New(time.GetUtcNow());
        var id = found.Id ?? await ClaimNewAsync(made, kind, keys, value, phoneRegion, found.Rival is not null, cancellationToken);
        var owner = await claims.ClaimAsync(reference, id, cancellationToken);
        foreach (var key in keys)
            await claims.ClaimAsync(key.Kind, key.Text, owner, cancellationToken);
        return new(redirects.Follow(owner), found.Rival, made == owner);
    }

    /// <summary>Claims the keys of an existing record's new values; answers the record that owns one already, if any.</summary>
    public async Task<RecordId?> ReclaimAsync(RecordId id, IEnumerable<IdentityKey> keys, CancellationToken cancellationToken)
    {
        RecordId? rival = null;
        foreach (var key in keys)
        {
            var owner = redirects.Follow(await claims.ClaimAsync(key.Kind, key.Text, id, cancellationToken));
            if (owner != id && key.Strength > KeyStrength.Weak && await records.GetAsync(owner, cancellationToken) is not null)
                rival ??= owner;
        }
        return rival;
    }

    /// <summary>
    /// The hub writes its id into what it creates. The mark counts while its record exists and has no other live record of that type
    /// in the system, since people clone records, marks included.
    /// </summary>
    private async Task<RecordId?> MarkedAsync(ExternalRef reference, RecordKind kind, string? mark, CancellationToken cancellationToken)
    {
        if (RecordId.TryParse(mark) is not { } id)
            return null;
        id = redirects.Follow(id);
        var record = (await records.GetAsync(id, cancellationToken))?.Record;
        return record?.Kind == kind && !record.ActiveIn(reference.System).Any(link => link.Ref.ObjectType == reference.ObjectType) ? id : null;
    }

    /// <summary>
    /// The record that owns one of the keys and agrees. A key whose record never came to be (its worker lost a race or died) is given to
    /// that record; when no other key finds one, what the worker began is finished.
    /// </summary>
    private async Task<(RecordId? Id, RecordId? Rival)> FindAsync(RecordKind kind, IReadOnlyList<IdentityKey> keys, Func<string, string?> value, string? phoneRegion, CancellationToken cancellationToken)
    {
        RecordId? rival = null;
        RecordId? found = null;
        RecordId? begun = null;
        var orphans = new List<IdentityKey>();
        foreach (var key in keys)
        {
            if (await claims.OwnerAsync(key.Kind, key.Text, cancellationToken) is not { } owner)
                continue;
            if (await SettledAsync(key, redirects.Follow(owner), cancellationToken) is not { } record)
            {
                begun ??= owner;
                orphans.Add(key);
            }
            else if (found is null && Agrees(kind, key, record, value, phoneRegion))
            {
                found = record.Id;
            }
            else if (found is null && key.Kind is IdentityKey.Email)
            {
                rival ??= record.Id;
            }
        }
        if (found is { } known)
            foreach (var key in orphans)
                await claims.AssignAsync(key.Kind, key.Text, known, cancellationToken);
        return (found ?? (rival is null ? begun : null), found is null ? rival : null);
    }

    /// <summary>A claim is made just before its record is written; give the record a moment to appear, and the claim to find its owner.</summary>
    private async Task<HubRecord?> SettledAsync(IdentityKey key, RecordId owner, CancellationToken cancellationToken)
    {
        for (var attempt = 0; ; attempt++)
        {
            if (await records.GetAsync(owner, cancellationToken) is { } stored)
                return stored.Record;
            if (attempt == ClaimRetries)
                return null;
            await Task.Delay(ClaimSettles, time, cancellationToken);
            owner = redirects.Follow(await claims.RereadAsync(key.Kind, key.Text, cancellationToken) ?? owner);
        }
    }

    /// <summary>Whoever owns the key held it, be it so long ago that the record says it no more.</summary>
    private bool Agrees(RecordKind kind, IdentityKey key, HubRecord record, Func<string, string?> value, string? phoneRegion) =>
        kind == record.Kind
        && RecordMatch.Decide(RecordFacts.Of(kind, value, phoneRegion), RecordFacts.Of(record, phoneRegion).Holding(key), MatchThresholds.Default, redirects.Follow) is { IsSame: true };

    private async Task<RecordId> ClaimNewAsync(RecordId id, RecordKind kind, IReadOnlyList<IdentityKey> keys, Func<string, string?> value, string? phoneRegion, bool contested, CancellationToken cancellationToken)
    {
        var claimed = new List<IdentityKey>();
        foreach (var key in keys.Where(key => !contested || key.Kind != IdentityKey.Email))
        {
            var owner = redirects.Follow(await claims.ClaimAsync(key.Kind, key.Text, id, cancellationToken));
            if (owner == id)
            {
                claimed.Add(key);
                continue;
            }
            // Somebody claimed it since we looked. They are the record, unless the two disagree.
            if (await SettledAsync(key, owner, cancellationToken) is { } record && !Agrees(kind, key, record, value, phoneRegion))
                continue;
            foreach (var ours in claimed)
                await claims.AssignAsync(ours.Kind, ours.Text, owner, cancellationToken);
            return owner;
        }
        return id;
    }
}
