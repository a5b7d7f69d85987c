using StackHub.Sandbox.Hosting;
using StackHub.Sandbox.Vendors.HubSpot.Records;

namespace StackHub.Sandbox.Vendors.HubSpot;

/// <summary>The portal's records, owners and consent.</summary>
internal sealed class HubSpotState
{
    private readonly Dictionary<HubSpotType, HubSpotTable> tables = HubSpotType.All.ToDictionary(type => type, type => new HubSpotTable(type, FirstId(type)));

    public HubSpotTable Contacts => tables[HubSpotType.Contacts];

    public HubSpotTable Table(HubSpotType type) => tables[type];

    public Consents Consents { get; } = new();

    /// <summary>Addresses that were erased and may never come back.</summary>
    public HashSet<string> Blocked { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Contacts whose erasure was taken, and when they are gone.</summary>
    public Dictionary<HubSpotRecord, DateTimeOffset> Erasing { get; } = [];

    public Sequence EventIds { get; } = new(2_409_503_000);

    public IReadOnlyList<HubSpotOwner> Owners { get; } =
    [
        new("41629779", 51430432, "hannah.human@sandbox.example", "Hannah", "Human"),
        new("41629780", 51430433, "sam.seller@sandbox.example", "Sam", "Seller"),
        new("41629781", 51430434, "rita.rep@sandbox.example", "Rita", "Rep"),
    ];

    private static long FirstId(HubSpotType type) => type.Plural switch
    {
        "contacts" => 100_000,
        "companies" => 9_000_000_000,
        _ => 18_000_000_000,
    };
}

/// <summary>A person who can own records.</summary>
internal sealed record HubSpotOwner(string Id, int UserId, string Email, string First, string Last);
