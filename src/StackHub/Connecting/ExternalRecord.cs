using StackHub.Records;

namespace StackHub.Connecting;

/// <summary>
/// A vendor's record: vendor field names, values as plain text (booleans "true"/"false", invariant numbers, ISO times, null for cleared;
/// a reference is the other record's id there; references are "id" or "id:role" joined by ';').
/// </summary>
/// <param name="ModifiedAt">The record's last change on the vendor's clock, in UTC.</param>
/// <param name="Fields">Only fields the vendor answered for; a field that is absent is unknown, not cleared.</param>
public sealed record ExternalRecord(ExternalRef Ref, DateTimeOffset ModifiedAt, IReadOnlyDictionary<string, ExternalValue> Fields)
{
    /// <summary>True when every field that was asked for is here, so that the record needs no read before it is linked.</summary>
    public bool Complete { get; init; }

    /// <summary>True when all that changed is here, though not every field: if it is known already, there is nothing to read.</summary>
    public bool TellsChange { get; init; }

    public override string ToString() => $"{Ref} ({Fields.Count} fields)";
}

/// <summary>A value and, where the vendor dates fields, when it was authored (vendor's clock); null falls back to the record's time.</summary>
public readonly record struct ExternalValue(string? Text, DateTimeOffset? At = null)
{
    public override string ToString() => Text is null ? "[blank]" : "[value]";
}
