namespace StackHub.Sandbox.Vendors.Salesforce.Schema;

/// <summary>One field of an object: its type, its limits and who may write it.</summary>
internal sealed record Field(string Name, FieldType Type, int Length = 0)
{
    public bool Required { get; init; }

    public bool ReadOnly { get; init; }

    /// <summary>Kept by value in an index, for exact lookups.</summary>
    public bool Indexed { get; init; }

    public bool ExternalId { get; init; }

    public string? ReferenceTo { get; init; }

    public string? Relationship { get; init; }

    public IReadOnlyList<string> Values { get; init; } = [];

    /// <summary>A picklist that refuses other values.</summary>
    public bool Restricted { get; init; }

    public object? Default { get; init; }

    public bool IsCustom => Name.EndsWith("__c", StringComparison.Ordinal);

    public bool IsText => Type is FieldType.String or FieldType.TextArea or FieldType.Email or FieldType.Phone or FieldType.Url or FieldType.Picklist;

    public bool IsNumber => Type is FieldType.Int or FieldType.Double or FieldType.Currency or FieldType.Percent;

    public string TypeName => Type switch
    {
        FieldType.TextArea => "textarea",
        FieldType.DateTime => "datetime",
        _ => Type.ToString().ToLowerInvariant(),
    };
}
