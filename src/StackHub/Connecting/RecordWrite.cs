using StackHub.Mapping;
using StackHub.Records;

namespace StackHub.Connecting;

/// <summary>
/// What the hub wants one record to say in a system: only the fields that differ. <see cref="Target"/> null means create it.
/// </summary>
public sealed record RecordWrite(RecordId HubId, string ObjectType, IReadOnlyList<FieldWrite> Fields)
{
    /// <summary>The vendor's id; null when the system has no such record yet.</summary>
    public string? Target { get; init; }

    /// <summary>An earlier create of this record may have been stored: look before writing again.</summary>
    public bool Uncertain { get; init; }

    public override string ToString() => $"{ObjectType}/{Target ?? "new"} ({Fields.Count} fields)";
}

/// <summary>One vendor field; blank clears it. References are ids in the same system.</summary>
public readonly record struct FieldWrite(string VendorField, FieldType Type, FieldValue Value);
