using StackHub.Connecting;
using StackHub.Mapping;

namespace StackHub.Connectors.Erasing;

/// <summary>
/// The two turns of an erasure that only a record's absence proves: ask for every record of the person, and look later whether they are
/// gone. The ticket is the records' ids.
/// </summary>
internal sealed class ErasureByAbsence(IConnector connector, TimeSpan wait)
{
    /// <summary>Ids of the records with an address; may be late, since every one of them is read before it is asked for.</summary>
    public required Func<string, CancellationToken, Task<IReadOnlyList<string>>> FindAsync { get; init; }

    /// <summary>Asks the vendor to erase the records, which may have been asked for before; in order, null where it took the record.</summary>
    public required Func<IReadOnlyList<string>, CancellationToken, Task<IReadOnlyList<ErasureOutcome?>>> AskAsync { get; init; }

    public async Task<ErasureOutcome> EraseAsync(ErasureRequest request, CancellationToken cancellationToken)
    {
        try
        {
            return request.Ticket is not null ? (await ConfirmAllAsync([request], cancellationToken).ConfigureAwait(false))[0] : await AskFirstAsync(request, cancellationToken).ConfigureAwait(false);
        }
        catch (VendorUnavailableException e) when (e.Uncertain)
        {
            return new ErasureOutcome.Requested(e.Reason, e.RetryAfter ?? wait);
        }
    }

    /// <inheritdoc cref="IBatchErasure.EraseAllAsync"/>
    public async Task<IReadOnlyList<ErasureOutcome>> EraseAllAsync(IReadOnlyList<ErasureRequest> requests, CancellationToken cancellationToken)
    {
        try
        {
            return requests[0].Ticket is not null ? await ConfirmAllAsync(requests, cancellationToken).ConfigureAwait(false) : await AskAllAsync(requests, cancellationToken).ConfigureAwait(false);
        }
        catch (VendorUnavailableException e) when (e.Uncertain)
        {
            return [.. requests.Select(_ => new ErasureOutcome.Requested(e.Reason, e.RetryAfter ?? wait))];
        }
    }

    /// <summary>By the outcomes of a deletion for good: null for what was carried out.</summary>
    public static IReadOnlyList<ErasureOutcome?> NotTaken(IEnumerable<WriteOutcome> outcomes, TimeSpan wait) =>
    [
        .. outcomes.Select(outcome => outcome switch
        {
            WriteOutcome.Refused refused => new ErasureOutcome.Refused(refused.Code, refused.Message),
            WriteOutcome.Retry retry => (ErasureOutcome)new ErasureOutcome.Requested(retry.Code, retry.After ?? wait),
            _ => null,
        }),
    ];

    /// <summary>For a vendor that takes one at a time: when it is not to be had any more, what it answered before stays known.</summary>
    public static async Task<IReadOnlyList<ErasureOutcome?>> OneByOneAsync(IReadOnlyList<string> ids, TimeSpan wait, Func<string, Task<ErasureOutcome?>> ask)
    {
        var outcomes = new List<ErasureOutcome?>();
        try
        {
            foreach (var id in ids)
                outcomes.Add(await ask(id).ConfigureAwait(false));
        }
        catch (VendorUnavailableException e) when (e.Uncertain || outcomes.Count > 0)
        {
            outcomes.AddRange(Enumerable.Repeat(new ErasureOutcome.Requested(e.Reason, e.RetryAfter ?? wait), ids.Count - outcomes.Count));
        }
        return outcomes;
    }

    private async Task<ErasureOutcome> AskFirstAsync(ErasureRequest request, CancellationToken cancellationToken)
    {
        List<string> asked = request.Id is { } id ? [id] : [];
        if (request.Email is { Length: > 0 } email)
            asked.AddRange(await FindAsync(email, cancellationToken).ConfigureAwait(false));
        string[] there = [.. (await ReadAsync(request.ObjectType, [.. asked.Distinct(StringComparer.Ordinal)], withSurvivors: true, cancellationToken).ConfigureAwait(false)).Values.Distinct(StringComparer.Ordinal)];
        if (there.Length == 0)
            return new ErasureOutcome.NotFound();
        return (await AskAsync(there, cancellationToken).ConfigureAwait(false)).FirstOrDefault(outcome => outcome is not null) ?? new ErasureOutcome.Accepted(string.Join(',', there), wait);
    }

    private async Task<IReadOnlyList<ErasureOutcome>> AskAllAsync(IReadOnlyList<ErasureRequest> requests, CancellationToken cancellationToken)
    {
        var there = await ReadAsync(requests[0].ObjectType, [.. requests.Select(request => request.Id!).Distinct(StringComparer.Ordinal)], withSurvivors: true, cancellationToken).ConfigureAwait(false);
        string[] asked = [.. there.Values.Distinct(StringComparer.Ordinal)];
        var outcomes = asked.Length == 0 ? [] : asked.Zip(await AskAsync(asked, cancellationToken).ConfigureAwait(false)).ToDictionary(StringComparer.Ordinal);
        return [.. requests.Select(request => there.TryGetValue(request.Id!, out var id) ? outcomes[id] ?? new ErasureOutcome.Accepted(id, wait) : new ErasureOutcome.NotFound())];
    }

    private async Task<IReadOnlyList<ErasureOutcome>> ConfirmAllAsync(IReadOnlyList<ErasureRequest> requests, CancellationToken cancellationToken)
    {
        string[][] ids = [.. requests.Select(request => request.Ticket!.Split(',', StringSplitOptions.RemoveEmptyEntries))];
        if (ids.Any(ticket => ticket.Length == 0))
            throw new ArgumentException("The ticket is not one of this connector's.", nameof(requests));
        var left = await ReadAsync(requests[0].ObjectType, [.. ids.SelectMany(ticket => ticket).Distinct(StringComparer.Ordinal)], withSurvivors: false, cancellationToken).ConfigureAwait(false);
        return [.. requests.Zip(ids, (request, ticket) => ticket.Any(left.ContainsKey) ? new ErasureOutcome.Accepted(request.Ticket!, wait) : (ErasureOutcome)new ErasureOutcome.Confirmed(ErasureEvidence.Absence, ticket.Length))];
    }

    /// <summary>Those that can be read, by the id that was asked for; one that was merged away is its survivor.</summary>
    private async Task<IReadOnlyDictionary<string, string>> ReadAsync(string objectType, IReadOnlyList<string> ids, bool withSurvivors, CancellationToken cancellationToken)
    {
        var type = connector.Info.Objects.First(type => type.ObjectType == objectType);
        string[] fields = [.. connector.Info.DefaultMaps.First(map => map.ObjectType == objectType).Fields.Where(field => field.Type == FieldType.Email).Select(field => field.VendorField)];
        var there = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var batch in ids.Chunk(type.ReadBatch))
            foreach (var change in await connector.ReadAsync(objectType, fields, batch, cancellationToken).ConfigureAwait(false))
                if (change is Change.Seen seen)
                    there[seen.Record.Ref.Id] = seen.Record.Ref.Id;
                else if (change is Change.Moved moved && withSurvivors)
                    there[moved.Ref.Id] = moved.To.Id;
        return there;
    }
}
