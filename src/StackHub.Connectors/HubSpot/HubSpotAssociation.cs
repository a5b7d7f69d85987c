namespace StackHub.Connectors.HubSpot;

/// <summary>
/// An association seen as a field of the record that holds it. The field's name has a dot, which no HubSpot property can have
/// (a contact's property "company" is the plain name of a company).
/// </summary>
/// <param name="TypeId">HubSpot's own type that we write: "primary" to a company, the unlabelled one to contacts
/// (https://developers.hubspot.com/docs/guides/api/crm/associations/associations-v4#association-type-id-values).</param>
internal sealed record HubSpotAssociation(string Field, string From, string To, int TypeId, bool Many)
{
    public const string CompanyField = "associations.company";
    public const string ContactsField = "associations.contacts";

    public static readonly HubSpotAssociation ContactCompany = new(CompanyField, "contacts", "companies", TypeId: 1, Many: false);
    public static readonly HubSpotAssociation DealCompany = new(CompanyField, "deals", "companies", TypeId: 5, Many: false);
    public static readonly HubSpotAssociation DealContacts = new(ContactsField, "deals", "contacts", TypeId: 3, Many: true);
}
