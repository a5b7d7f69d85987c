using StackHub.Records;

namespace StackHub.Connectors.HubSpot;

/// <summary>One of HubSpot's object types, with the names it has in paths, webhooks and properties.</summary>
/// <param name="Name">The plural name used in paths and in the hub: "contacts".</param>
/// <param name="Singular">The name in classic webhook subscriptions: "contact".</param>
/// <param name="TypeId">The id in webhooks of the generic kind: "0-1".</param>
/// <param name="Modified">The property that dates the record; contacts name it differently from all others.</param>
/// <param name="PropertyGroup">Where our own property is put in HubSpot's settings.</param>
internal sealed record HubSpotObject(string Name, string Singular, string TypeId, RecordKind Kind, string Modified, string PropertyGroup)
{
    public const string Id = "hs_object_id";

    /// <summary>Former ids of a record that survived merges, joined by ';'.</summary>
    public const string MergedIds = "hs_merged_object_ids";

    public const string Email = "email";

    /// <summary>It may refuse to go back without saying so.</summary>
    public const string Stage = "lifecyclestage";

    public const string LeadStatus = "hs_lead_status";

    /// <summary>Read-only in HubSpot: it is written through the communication preferences.</summary>
    public const string OptOut = "hs_email_optout";

    public static readonly HubSpotObject Companies = new("companies", "company", "0-2", RecordKind.Account, "hs_lastmodifieddate", "companyinformation");

    public static readonly HubSpotObject Contacts = new("contacts", "contact", "0-1", RecordKind.Person, "lastmodifieddate", "contactinformation")
    {
        Associations = [HubSpotAssociation.ContactCompany],
    };

    public static readonly HubSpotObject Deals = new("deals", "deal", "0-3", RecordKind.Opportunity, "hs_lastmodifieddate", "dealinformation")
    {
        Associations = [HubSpotAssociation.DealCompany, HubSpotAssociation.DealContacts],
    };

    /// <summary>In the order of dependence.</summary>
    public static readonly IReadOnlyList<HubSpotObject> All = [Companies, Contacts, Deals];

    public IReadOnlyList<HubSpotAssociation> Associations { get; private init; } = [];

    public static HubSpotObject Of(string name) =>
        All.FirstOrDefault(o => o.Name == name) ?? throw new ArgumentException($"HubSpot has no object type '{name}' here.", nameof(name));
}
