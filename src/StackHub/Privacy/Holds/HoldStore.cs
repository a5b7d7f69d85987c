using StackHub.Privacy.Tasks;

namespace StackHub.Privacy.Holds;

/// <summary>Holds, and the gates they stand at.</summary>
public sealed class HoldStore(PrivacyRows rows, PrivacyStore store, TaskSignals signals, PrivacyTrail trail, TimeProvider time)
{
    private const string Partition = "holds";

    /// <summary>
    /// The hold is known first, then put at the gate of every request it covers: a plan made meanwhile finds it, and a dispatch decided
    /// before it is refused there. It counts from when it is at all of them.
    /// </summary>
    public async Task<LegalHold> PlaceAsync(LegalHold hold, CancellationToken cancellationToken)
    {
        if (!await rows.InsertAsync(Partition, hold.Id, hold, PrivacyJson.Default.LegalHold, cancellationToken))
            hold = (await rows.GetAsync(Partition, hold.Id, PrivacyJson.Default.LegalHold, cancellationToken))!.Value;
        if (hold is { EffectiveAt: not null } or { LiftedAt: not null })
            return hold;
        foreach (var request in await store.WithAsync(hold.Aliases, cancellationToken))
            await PutAsync(request, hold, cancellationToken);
        var now = time.GetUtcNow();
        return await rows.ChangeAsync(Partition, hold.Id, PrivacyJson.Default.LegalHold, known => known.EffectiveAt is null ? known with { EffectiveAt = now } : known, cancellationToken) ?? hold;
    }

    /// <summary>What it stopped goes on by itself.</summary>
    public async Task<LegalHold?> LiftAsync(string id, string by, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (await rows.ChangeAsync(Partition, id, PrivacyJson.Default.LegalHold, known => known.LiftedAt is null ? known with { LiftedAt = now, LiftedBy = by } : known, cancellationToken) is not { } hold)
            return null;
        foreach (var request in await store.WithAsync(hold.Aliases, cancellationToken))
        {
            await store.ChangeGateAsync(request, gate => gate.Without(id), cancellationToken);
            await trail.NoteAsync(request, "hold lifted", $"{hold.Ground}, by {by}", $"lifted-{id}", cancellationToken);
            foreach (var task in await store.TasksAsync(request, cancellationToken))
                await signals.WakeAsync(request, task.Id, TimeSpan.Zero, cancellationToken);
        }
        return hold;
    }

    /// <summary>Holds that stand and name one of the aliases are put at the request's gate.</summary>
    public async Task ApplyAsync(RequestId request, IReadOnlyList<string> aliases, CancellationToken cancellationToken)
    {
        foreach (var hold in await ListAsync(cancellationToken))
        {
            if (hold.LiftedAt is not null || !hold.Aliases.Intersect(aliases, StringComparer.Ordinal).Any())
                continue;
            await PutAsync(request, hold, cancellationToken);
            // Lifted just now, whoever lifts may have been at this gate before us.
            if ((await rows.GetAsync(Partition, hold.Id, PrivacyJson.Default.LegalHold, cancellationToken))?.Value.LiftedAt is not null)
                await store.ChangeGateAsync(request, gate => gate.Without(hold.Id), cancellationToken);
        }
    }

    public async Task<IReadOnlyList<LegalHold>> ListAsync(CancellationToken cancellationToken) =>
        [.. (await rows.ListAsync(Partition, "", PrivacyJson.Default.LegalHold, cancellationToken)).Select(stored => stored.Value)];

    /// <summary>One record is kept by right; the others go.</summary>
    public async Task<bool> ExemptAsync(RequestId request, Exemption exemption, CancellationToken cancellationToken)
    {
        if (exemption.Scope.System is null || string.IsNullOrWhiteSpace(exemption.Ground) || exemption.Until <= time.GetUtcNow())
            return false; // an exemption is of an item, with a ground and an end
        await store.AddAsync(request, new RequestGate(), cancellationToken);
        await store.ChangeGateAsync(request, gate => gate.Exemptions.Contains(exemption) ? gate : gate with { Exemptions = [.. gate.Exemptions, exemption] }, cancellationToken);
        await trail.NoteAsync(request, "exempted", $"{exemption.Scope.System} {exemption.Scope.ObjectType}/{exemption.Scope.Id} until {exemption.Until:yyyy-MM-dd}: {exemption.Ground}, by {exemption.By}", $"exempt-{exemption.Scope.System}-{exemption.Scope.ObjectType}-{exemption.Scope.Id}", cancellationToken);
        foreach (var task in await store.TasksAsync(request, cancellationToken))
            await signals.WakeAsync(request, task.Id, TimeSpan.Zero, cancellationToken);
        return true;
    }

    private async Task PutAsync(RequestId request, LegalHold hold, CancellationToken cancellationToken)
    {
        // Made where there is none yet: a request that is planned later finds the hold at its gate.
        await store.AddAsync(request, new RequestGate(), cancellationToken);
        await store.ChangeGateAsync(request, gate => gate.With(new(hold.Id, hold.Ground, hold.Scope)), cancellationToken);
        await trail.NoteAsync(request, "hold placed", $"{hold.Ground}, by {hold.PlacedBy}", $"hold-{hold.Id}", cancellationToken);
        foreach (var task in await store.TasksAsync(request, cancellationToken))
            await signals.WakeAsync(request, task.Id, TimeSpan.Zero, cancellationToken);
    }
}
