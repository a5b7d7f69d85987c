using StackHub.Records;

namespace StackHub.Suppression;

/// <summary>A person who is to leave the hub itself; it never prints.</summary>
/// <param name="Keys">Addresses and numbers in their normal form, by kind.</param>
public sealed record ErasedSubject(IReadOnlyList<RecordId> Records, IReadOnlyList<ExternalRef> Links, IReadOnlyList<(string Kind, string Text)> Keys)
{
    public override string ToString() => $"[subject of {Records.Count} records]";
}

/// <summary>
/// A place where the hub keeps something of people. Who adds a place where values or links of a person are kept adds one of these, so
/// that erasing somebody needs no list of places.
/// </summary>
public interface ISubjectStore
{
    /// <summary>What a receipt calls it.</summary>
    string Name { get; }

    /// <summary>Places that others are found by go last.</summary>
    int Order => 0;

    /// <summary>Erases all that is kept there of the person and answers how many rows that were; asked again, nothing is left and it is none.</summary>
    Task<int> EraseAsync(ErasedSubject subject, CancellationToken cancellationToken);
}
