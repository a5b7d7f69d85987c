namespace StackHub.Connecting;

/// <summary>A connector that erases several people at once, where the vendor takes several in one call or in one batch of reads.</summary>
public interface IBatchErasure : IErasure
{
    /// <summary>How many records of a type <see cref="EraseAllAsync"/> takes: what the vendor takes in one call, and no more than end within a minute.</summary>
    int MostErasures(string objectType);

    /// <summary>
    /// <see cref="IErasure.EraseAsync"/> for several records of one object type, each by its id, either all of them without a ticket or all
    /// with theirs; one outcome a record, in order. One record never fails the others: it throws only where nothing was sent for any.
    /// </summary>
    Task<IReadOnlyList<ErasureOutcome>> EraseAllAsync(IReadOnlyList<ErasureRequest> requests, CancellationToken cancellationToken);
}
