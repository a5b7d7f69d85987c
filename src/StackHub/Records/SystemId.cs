namespace StackHub.Records;

/// <summary>The configured name of one connected system, such as "salesforce" or "hubspot-emea": lower-case letters, digits and hyphens.</summary>
public readonly record struct SystemId(string Name) : IComparable<SystemId>
{
    public int CompareTo(SystemId other) => string.CompareOrdinal(Name, other.Name);

    public override string ToString() => Name;
}
