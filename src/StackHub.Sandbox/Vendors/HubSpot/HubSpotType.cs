namespace StackHub.Sandbox.Vendors.HubSpot;

/// <summary>One of the portal's object types and the names it goes by.</summary>
internal sealed record HubSpotType(string Plural, string Singular, string TypeId, string Modified, IReadOnlyList<string> Defaults)
{
    public static readonly HubSpotType Contacts = new("contacts", "contact", "0-1", "lastmodifieddate",
        ["createdate", "email", "firstname", "hs_object_id", "lastmodifieddate", "lastname"]);

    public static readonly HubSpotType Companies = new("companies", "company", "0-2", "hs_lastmodifieddate",
        ["createdate", "domain", "hs_lastmodifieddate", "hs_object_id", "name"]);

    public static readonly HubSpotType Deals = new("deals", "deal", "0-3", "hs_lastmodifieddate",
        ["amount", "closedate", "createdate", "dealname", "dealstage", "hs_lastmodifieddate", "hs_object_id", "pipeline"]);

    public static readonly IReadOnlyList<HubSpotType> All = [Contacts, Companies, Deals];

    public static HubSpotType? Find(string name) =>
        All.FirstOrDefault(type => name.Equals(type.Plural, StringComparison.OrdinalIgnoreCase) || name.Equals(type.Singular, StringComparison.OrdinalIgnoreCase) || name == type.TypeId);
}
