namespace StackHub.Mapping;

/// <summary>A canonical field of a kind of record.</summary>
public sealed record FieldDefinition(string Name, FieldType Type)
{
    /// <summary>The field, in inbound maps only, that carries the hub's own id: the mark a create leaves on the vendor's record.</summary>
    public const string HubId = "hubId";

    /// <summary>The field that says of a vendor's lead that it became a contact.</summary>
    public const string Converted = "isConverted";

    public FieldPolicy Policy { get; init; } = FieldPolicy.MostRecent;
}
