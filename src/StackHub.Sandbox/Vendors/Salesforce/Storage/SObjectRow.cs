using StackHub.Sandbox.Vendors.Salesforce.Schema;

namespace StackHub.Sandbox.Vendors.Salesforce.Storage;

/// <summary>One record: a slot for each field of its object.</summary>
internal sealed class SObjectRow(SObjectType type, long number, object?[] values)
{
    public SObjectType Type => type;

    public long Number => number;

    public object?[] Values { get; set; } = values;

    public string Id => (string)Values[0]!;

    public bool IsDeleted => Values[1] is true;

    public DateTimeOffset CreatedDate => (DateTimeOffset)Values[2]!;

    public DateTimeOffset SystemModstamp => (DateTimeOffset)Values[6]!;

    public object? this[string field]
    {
        get => type.Ordinal(field) is >= 0 and var at ? Values[at] : null;
        set => Values[type.Ordinal(field)] = value;
    }

    public string? Text(string field) => this[field] as string;

    /// <summary>The record as it is now, unharmed by later writes.</summary>
    public SObjectRow Snapshot() => new(type, number, [.. Values]);
}
