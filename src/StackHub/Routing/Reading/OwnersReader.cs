using StackHub.Configuration.Format;
using StackHub.Mapping;
using StackHub.Records;

namespace StackHub.Routing.Reading;

/// <summary>Who may own leads; read before the systems, since their ids are options of the tools' owner fields.</summary>
internal sealed class OwnersReader
{
    private OwnersReader(LeadOwner[] owners) => All = owners;

    public LeadOwner[] All { get; }

    public static OwnersReader Read(Section routing, IReadOnlyCollection<string> systems)
    {
        var written = (routing.Get(RoutingFormat.Owners) ?? []).Where(entry => entry.Value is not null).ToArray();
        LeadOwner[] owners = [.. written.Select(entry => OwnerFormat.Read(entry, systems))];
        string[] names = [.. owners.Select(owner => owner.Id.Name)];
        foreach (var (entry, owner) in written.Zip(owners))
            OwnerFormat.CheckManager(entry.Value!, owner, names);
        foreach (var shared in owners.SelectMany((owner, place) => owner.Ids.Select(id => (owner, place, id))).GroupBy(one => (one.id.Key, one.id.Value)).Where(group => group.Count() > 1))
            OwnerFormat.SharedId(written[shared.Last().place].Value!, shared.Key.Key, shared.First().owner.Id);
        return new(owners);
    }

    /// <summary>How a tool's owner field is mapped: an owner's name for the tool's id. Nobody else's is written there.</summary>
    public FieldMap Map(SystemId system, FieldMap map) => map with
    {
        KnownOptionsOnly = true,
        Options = map.Options.SetItems(All.Where(owner => owner.Ids.ContainsKey(system)).Select(owner => KeyValuePair.Create(owner.Id.Name, owner.Ids[system]))),
    };
}
