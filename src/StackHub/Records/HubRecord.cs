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

    /// <summary>Creates that were sent and not answered: links without an id, each with what was sent. A link to what they made takes them in.</summary>
    public ImmutableArray<LinkedRecord> SentCreates { get; init; } = [];

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

    /// <summary>Puts what the hub sent, and has no answer for, into the cells of the links it was sent to, or keeps it for the link a create makes.</summary>
    public HubRecord WithSent(IEnumerable<LinkedRecord> sent, Horizon horizon)
    {
        var record = this;
        foreach (var link in sent)
        {
            if (link.Ref.Id.Length > 0)
                record = record.Link(link.Ref) is { } own ? record.With(own.Union(link, horizon)) : record;
            else if (record.SentCreates.FirstOrDefault(create => create.Ref == link.Ref) is { } known)
                record = record with { SentCreates = record.SentCreates.Replace(known, known.Union(link, horizon)) };
            else
                record = record with { SentCreates = [.. record.SentCreates.Add(link).OrderBy(create => create.Ref)] };
        }
        return record.Settled(horizon);
    }

    /// <summary>What was sent as a create belongs to the link that came of it; there may be several, as in a tool with duplicates.</summary>
    public HubRecord Settled(Horizon horizon)
    {
        var record = this;
        foreach (var create in SentCreates)
        {
            var made = record.Links.Where(link => link.Ref.System == create.Ref.System && link.Ref.ObjectType == create.Ref.ObjectType).ToArray();
            foreach (var link in made)
                record = record.With(link.Union(create, horizon));
            if (made.Length > 0)
                record = record with { SentCreates = record.SentCreates.Remove(create) };
        }
        return record;
    }

    public bool Equals(HubRecord? other) =>
        ReferenceEquals(this, other) || (other is not null
            && Id == other.Id && Kind == other.Kind && MergedInto == other.MergedInto && Contested == other.Contested
            && Links.SequenceEqual(other.Links) && Absorbed.SetEquals(other.Absorbed) && GivenBack.SequenceEqual(other.GivenBack)
            && DistinctFrom.SetEquals(other.DistinctFrom) && Frozen.SequenceEqual(other.Frozen) && Released.SequenceEqual(other.Released)
            && RefusedCreates.SequenceEqual(other.RefusedCreates) && SentCreates.SequenceEqual(other.SentCreates));

    public override int GetHashCode() => HashCode.Combine(Id, Links.Length);

    public override string ToString() => $"{Kind} {Id} ({Links.Length} links)";
}
