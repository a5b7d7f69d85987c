using StackHub.Sandbox.Hosting;
using StackHub.Sandbox.Storage;
using StackHub.Sandbox.Vendors.HubSpot.Properties;

namespace StackHub.Sandbox.Vendors.HubSpot.Records;

/// <summary>All records of one type, with its properties and the indexes that keep lookups cheap.</summary>
internal sealed class HubSpotTable
{
    private readonly Dictionary<string, Dictionary<string, HubSpotRecord>> unique = [];
    private readonly Dictionary<string, List<HubSpotRecord>> byDomain = new(StringComparer.OrdinalIgnoreCase);
    private readonly ModifiedIndex<HubSpotRecord> modified = new(record => record.Id);

    public HubSpotTable(HubSpotType type, long firstId)
    {
        Type = type;
        Ids = new(firstId);
        foreach (var property in StandardProperties.Of(type))
            Define(property);
    }

    public HubSpotType Type { get; }

    public Sequence Ids { get; }

    /// <summary>By id, in the order of ids, archived records included.</summary>
    public SortedList<long, HubSpotRecord> Records { get; } = [];

    public Dictionary<string, PropertyDefinition> Properties { get; } = new(StringComparer.Ordinal);

    /// <summary>The loser of a merge to the record that lives on.</summary>
    public Dictionary<long, long> MergedInto { get; } = [];

    public IndexLag<HubSpotRecord> Lag { get; } = new();

    public void Define(PropertyDefinition property)
    {
        Properties[property.Name] = property;
        if (property.Unique)
            unique.TryAdd(property.Name, new(StringComparer.OrdinalIgnoreCase));
    }

    /// <summary>The record of this id, or the one it was merged into.</summary>
    public HubSpotRecord? Find(long id)
    {
        for (var hops = 0; hops < 100 && MergedInto.TryGetValue(id, out var survivor); hops++)
            id = survivor;
        return Records.GetValueOrDefault(id);
    }

    public HubSpotRecord? Find(string id) => long.TryParse(id, out var number) ? Find(number) : null;

    public bool IsUnique(string property) => unique.ContainsKey(property);

    public HubSpotRecord? FindUnique(string property, string value) =>
        unique.TryGetValue(property, out var values) ? values.GetValueOrDefault(value.Trim()) : null;

    public IEnumerable<HubSpotRecord> WithDomain(string domain) => byDomain.GetValueOrDefault(domain) ?? [];

    public IEnumerable<HubSpotRecord> ModifiedBetween(DateTimeOffset from, DateTimeOffset to) => modified.Between(from, to);

    public void Add(HubSpotRecord record)
    {
        Records.Add(record.Id, record);
        Enter(record);
    }

    public void Enter(HubSpotRecord record)
    {
        modified.Put(record, record.UpdatedAt);
        if (record.IsArchived)
            return;
        foreach (var (property, values) in unique)
        {
            if (record[property] is { } value)
                values[value] = record;
        }

        foreach (var email in OtherEmails(record))
            unique["email"].TryAdd(email, record);
        if (record["domain"] is { } domain)
            (byDomain.TryGetValue(domain, out var same) ? same : byDomain[domain] = []).Add(record);
    }

    public void Lift(HubSpotRecord record)
    {
        foreach (var (property, values) in unique)
        {
            if (record[property] is { } value && values.GetValueOrDefault(value) == record)
                values.Remove(value);
        }

        foreach (var email in OtherEmails(record).Where(email => unique["email"].GetValueOrDefault(email) == record))
            unique["email"].Remove(email);
        if (record["domain"] is { } domain && byDomain.TryGetValue(domain, out var same))
            same.Remove(record);
    }

    public void Purge(HubSpotRecord record)
    {
        Lift(record);
        modified.Remove(record);
        Records.Remove(record.Id);
    }

    private string[] OtherEmails(HubSpotRecord record) =>
        Type == HubSpotType.Contacts ? record["hs_additional_emails"]?.Split(';', StringSplitOptions.RemoveEmptyEntries) ?? [] : [];
}
