using StackHub.Identity;
using StackHub.Records;

namespace StackHub.Privacy.Planning;

/// <summary>A person as the hub knows them: every record of theirs, those merged away included, and every alias any of them ever had.</summary>
/// <param name="Records">Living records first, then those merged into them.</param>
/// <param name="Shared">Aliases that other people's records hold too: they never stand for this person alone.</param>
public sealed record Subject(IReadOnlyList<HubRecord> Records, IReadOnlyList<Alias> Aliases, IReadOnlyDictionary<Alias, IReadOnlyList<RecordId>> Shared)
{
    /// <summary>By these the person is kept away: no mailbox or line of several people, or others would be dropped with them.</summary>
    public IEnumerable<Alias> Own => Aliases.Where(alias => !Shared.ContainsKey(alias));

    /// <summary>Where the person is in systems: a record that goes on as another one of them is that one.</summary>
    public IEnumerable<(HubRecord Record, LinkedRecord Link)> Links
    {
        get
        {
            var known = Records.SelectMany(record => record.Links).Select(link => link.Ref).ToHashSet();
            return Records.SelectMany(record => record.Links.Select(link => (record, link)))
                .Where(one => one.link.MovedTo is not { } next || !known.Contains(next))
                .DistinctBy(one => one.link.Ref)
                .OrderBy(one => one.link.Ref);
        }
    }

    /// <summary>All aliases of a record and of its past.</summary>
    public static IEnumerable<Alias> AliasesOf(HubRecord record, string? phoneRegion)
    {
        foreach (var person in RecordFacts.Of(record, phoneRegion).People)
        {
            foreach (var email in person.Emails)
                yield return new(IdentityKey.Email, email.Text);
            foreach (var phone in person.Phones)
                yield return new(IdentityKey.Phone, phone.Text);
        }
        foreach (var link in record.Links)
        {
            yield return Alias.Of(link.Ref);
            if (link.MovedTo is { } next)
                yield return Alias.Of(next);
        }
        foreach (var id in record.Absorbed.Add(record.Id))
            yield return Alias.Of(id);
    }

    public override string ToString() => $"[subject of {Records.Count} records]";
}
