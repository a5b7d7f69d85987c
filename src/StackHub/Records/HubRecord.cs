using System.Collections.Immutable;

namespace StackHub.Records;

/// <summary>
/// One person, account or opportunity: its links, and in each the cells of what that system says. All canonical values are derived
/// from here, so every answer to "why" is too.
/// </summary>
public sealed record HubRecord(RecordId Id, RecordKind Kind)
{
    private static readonly ImmutableSortedDictionary<string, DateTimeOffset> NoFrozen = ImmutableSortedDictionary.Create<string, DateTimeOffset>(StringComparer.Ordinal);

    /// <summary>In the order of their references.</summary>
    public ImmutableArray<LinkedRecord> Links { get; init; } = [];

    /// <summary>This record lives on in another one; its own links are frozen as of the merge.</summary>
    public RecordId? MergedInto { get; init; }

    /// <summary>Records merged into this one whose links are here.</summary>
    public ImmutableSortedSet<RecordId> Absorbed { get; init; } = [];

    /// <summary>Links that an undone merge gave back to another record.</summary>
    public ImmutableSortedDictionary<ExternalRef, RecordId> GivenBack { get; init; } = ImmutableSortedDictionary<ExternalRef, RecordId>.Empty;

    /// <summary>Records a person said are somebody else.</summary>
    public ImmutableSortedSet<RecordId> DistinctFrom { get; init; } = [];

    /// <summary>Fields that systems fight over, and since when nobody is written.</summary>
    public ImmutableSortedDictionary<string, DateTimeOffset> Frozen { get; init; } = NoFrozen;

    /// <summary>When a person last released a frozen field; earlier fights do not count any more.</summary>
    public ImmutableSortedDictionary<string, DateTimeOffset> Released { get; init; } = NoFrozen;

    /// <summary>Systems that refused to create it, and what was refused.</summary>
    public ImmutableSortedDictionary<SystemId, Refusal> RefusedCreates { get; init; } = ImmutableSortedDictionary<SystemId, Refusal>.Empty;

    /// <summary>Another record owns an address of this one: it is not created anywhere until a person has decided.</summary>
    public bool Contested { get; init; }

    public LinkedRecord? Link(ExternalRef reference)
    {
        foreach (var link in Links)
            if (link.Ref == reference)
                return link;
        return null;
    }

    public IEnumerable<LinkedRecord> ActiveIn(SystemId system) => Links.Where(link => link.Active && link.Ref.System == system);

    /// <summary>Adds the link or puts it in the place of the one with its reference.</summary>
    public HubRecord With(LinkedRecord link)
    {
        for (var index = 0; index < Links.Length; index++)
        {
            if (Links[index].Ref == link.Ref)
                return this with { Links = Links.SetItem(index, link) };
            if (Links[index].Ref.CompareTo(link.Ref) > 0)
                return this with { Links = Links.Insert(index, link) };
        }
        return this with { Links = Links.Add(link) };
    }

    public HubRecord Without(ExternalRef reference) => this with { Links = Links.RemoveAll(link => link.Ref == reference) };

    public bool Equals(HubRecord? other) =>
        ReferenceEquals(this, other) || (other is not null
            && Id == other.Id && Kind == other.Kind && MergedInto == other.MergedInto && Contested == other.Contested
            && Links.SequenceEqual(other.Links) && Absorbed.SetEquals(other.Absorbed) && GivenBack.SequenceEqual(other.GivenBack)
            && DistinctFrom.SetEquals(other.DistinctFrom) && Frozen.SequenceEqual(other.Frozen) && Released.SequenceEqual(other.Released)
            && RefusedCreates.SequenceEqual(other.RefusedCreates));

    public override int GetHashCode() => HashCode.Combine(Id, Links.Length);

    public override string ToString() => $"{Kind} {Id} ({Links.Length} links)";
}
