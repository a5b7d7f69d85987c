namespace StackHub.Records;

/// <summary>The configured name of one connected system, such as "salesforce" or "hubspot-emea": lower-case letters, digits and hyphens.</summary>
public readonly record struct SystemId(string Name) : IComparable<SystemId>
{
    public int CompareTo(SystemId other) => string.CompareOrdinal(Name, other.Name);

    public override string ToString() => Name;

    public static bool operator <(SystemId left, SystemId right) => left.CompareTo(right) < 0;

    public static bool operator >(SystemId left, SystemId right) => left.CompareTo(right) > 0;

    public static bool operator <=(SystemId left, SystemId right) => left.CompareTo(right) <= 0;

    public static bool operator >=(SystemId left, SystemId right) => left.CompareTo(right) >= 0;
}
