namespace StackHub.Records;

/// <summary>Where a record lives outside: system, the vendor's object type ("Contact", "contacts") and the vendor's id.</summary>
public readonly record struct ExternalRef(SystemId System, string ObjectType, string Id) : IComparable<ExternalRef>
{
    public int CompareTo(ExternalRef other)
    {
        var bySystem = System.CompareTo(other.System);
        if (bySystem != 0)
            return bySystem;
        var byType = string.CompareOrdinal(ObjectType, other.ObjectType);
        return byType != 0 ? byType : string.CompareOrdinal(Id, other.Id);
    }

    public override string ToString() => $"{System}/{ObjectType}/{Id}";
}
