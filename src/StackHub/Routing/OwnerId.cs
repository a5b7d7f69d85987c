namespace StackHub.Routing;

/// <summary>Somebody who may own a lead, by the name the configuration gives.</summary>
public readonly record struct OwnerId(string Name) : IComparable<OwnerId>
{
    public int CompareTo(OwnerId other) => string.CompareOrdinal(Name, other.Name);

    public override string ToString() => Name;
}
