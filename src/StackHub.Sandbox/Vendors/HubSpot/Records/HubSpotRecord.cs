namespace StackHub.Sandbox.Vendors.HubSpot.Records;

/// <summary>One contact, company or deal with the history of each property.</summary>
internal sealed class HubSpotRecord(HubSpotType type, long id, DateTimeOffset createdAt)
{
    public HubSpotType Type => type;

    public long Id { get; } = id;

    public string IdText { get; } = id.ToString();

    public DateTimeOffset CreatedAt { get; } = createdAt;

    public DateTimeOffset UpdatedAt { get; set; } = createdAt;

    public DateTimeOffset? ArchivedAt { get; set; }

    public bool IsArchived => ArchivedAt is not null;

    /// <summary>Property to its versions, the newest first.</summary>
    public Dictionary<string, PropertyVersion[]> Properties { get; private init; } = [];

    /// <summary>The other end to the association types that lead there.</summary>
    public Dictionary<(HubSpotType Type, long Id), SortedSet<int>> Associations { get; private init; } = [];

    public List<long> MergedIds { get; private init; } = [];

    public string? this[string property]
    {
        get
        {
            if (property == "hs_object_id")
                return IdText;
            return Properties.TryGetValue(property, out var versions) && versions[0].Value.Length > 0 ? versions[0].Value : null;
        }
    }

    public void Set(string property, PropertyVersion version) =>
        Properties[property] = Properties.TryGetValue(property, out var versions) ? [version, .. versions] : [version];

    public HubSpotRecord Snapshot() => new(type, Id, CreatedAt)
    {
        UpdatedAt = UpdatedAt,
        ArchivedAt = ArchivedAt,
        Properties = new(Properties),
        Associations = Associations,
        MergedIds = MergedIds,
    };
}
