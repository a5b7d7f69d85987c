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

    /// <summary>Asks the vendor to erase the records, which may have been asked for before; null when it took them all.</summary>
    public required Func<IReadOnlyList<string>, CancellationToken, Task<ErasureOutcome?>> AskAsync { get; init; }

    public async Task<ErasureOutcome> EraseAsync(ErasureRequest request, CancellationToken cancellationToken)
    {
        try
        {
            return request.Ticket is { } ticket ? await ConfirmAsync(request.ObjectType, ticket, cancellationToken).ConfigureAwait(false) : await AskFirstAsync(request, cancellationToken).ConfigureAwait(false);
        }
        catch (VendorUnavailableException e) when (e.Uncertain)
        {
            return new ErasureOutcome.Requested(e.Reason, e.RetryAfter ?? wait);
        }
    }

    /// <summary>By the outcomes of a deletion for good: the first that was not carried out.</summary>
    public static ErasureOutcome? FirstNotTaken(IEnumerable<WriteOutcome> outcomes, TimeSpan wait) => outcomes.Select(outcome => outcome switch
    {
        WriteOutcome.Refused refused => new ErasureOutcome.Refused(refused.Code, refused.Message),
        WriteOutcome.Retry retry => (ErasureOutcome)new ErasureOutcome.Requested(retry.Code, retry.After ?? wait),
        _ => null,
    }).FirstOrDefault(outcome => outcome is not null);

    private async Task<ErasureOutcome> AskFirstAsync(ErasureRequest request, CancellationToken cancellationToken)
    {
        List<string> asked = request.Id is { } id ? [id] : [];
        if (request.Email is { Length: > 0 } email)
            asked.AddRange(await FindAsync(email, cancellationToken).ConfigureAwait(false));
        var there = await ReadAsync(request.ObjectType, [.. asked.Distinct(StringComparer.Ordinal)], withSurvivors: true, cancellationToken).ConfigureAwait(false);
        if (there.Count == 0)
            return new ErasureOutcome.NotFound();
        return await AskAsync(there, cancellationToken).ConfigureAwait(false) ?? new ErasureOutcome.Accepted(string.Join(',', there), wait);
    }

    private async Task<ErasureOutcome> ConfirmAsync(string objectType, string ticket, CancellationToken cancellationToken)
    {
        var ids = ticket.Split(',', StringSplitOptions.RemoveEmptyEntries);
        if (ids.Length == 0)
            throw new ArgumentException("The ticket is not one of this connector's.", nameof(ticket));
        var left = await ReadAsync(objectType, ids, withSurvivors: false, cancellationToken).ConfigureAwait(false);
        return left.Count > 0 ? new ErasureOutcome.Accepted(ticket, wait) : new ErasureOutcome.Confirmed(ErasureEvidence.Absence, ids.Length);
    }

    /// <summary>Those that can be read; one that was merged away is its survivor.</summary>
    private async Task<IReadOnlyList<string>> ReadAsync(string objectType, IReadOnlyList<string> ids, bool withSurvivors, CancellationToken cancellationToken)
    {
        var type = connector.Info.Objects.First(type => type.ObjectType == objectType);
        string[] fields = [.. connector.Info.DefaultMaps.First(map => map.ObjectType == objectType).Fields.Where(field => field.Type == FieldType.Email).Select(field => field.VendorField)];
        var there = new List<string>();
        foreach (var batch in ids.Chunk(type.ReadBatch))
            there.AddRange((await connector.ReadAsync(objectType, fields, batch, cancellationToken).ConfigureAwait(false)).Select(change => change switch
            {
                Change.Seen seen => seen.Record.Ref.Id,
                Change.Moved moved when withSurvivors => moved.To.Id,
                _ => null,
            }).OfType<string>());
        return [.. there.Distinct(StringComparer.Ordinal)];
    }
}
