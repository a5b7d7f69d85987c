using System.Collections.Immutable;
using StackHub.Mapping;
using StackHub.Records;

namespace StackHub.Connectors.HubSpot;

/// <summary>The field maps a HubSpot system has unless its configuration says otherwise.</summary>
internal static class HubSpotMaps
{
    /// <summary>The eight every portal begins with; HubSpot takes no others but those a portal added.</summary>
    private static readonly ImmutableDictionary<string, string> LifecycleStages = ImmutableDictionary.CreateRange(
    [
        KeyValuePair.Create("mql", "marketingqualifiedlead"), KeyValuePair.Create("sql", "salesqualifiedlead"),
        .. ((string[])["subscriber", "lead", "opportunity", "customer", "evangelist", "other"]).Select(stage => KeyValuePair.Create(stage, stage)),
    ]);

    public static readonly IReadOnlyList<ObjectMap> Default =
    [
        new("companies", RecordKind.Account,
        [
            new("name", "name"),
            new("domain", "domain"),
            new("phone", "phone") { Type = FieldType.Phone },
            new("industry", "industry") { Type = FieldType.Choice },
            new("employees", "numberofemployees") { Type = FieldType.Number },
            new("annualRevenue", "annualrevenue") { Type = FieldType.Number },
            new("street", "address"),
            new("city", "city"),
            new("state", "state"),
            new("postalCode", "zip"),
            new("country", "country"),
        ]),
        new("contacts", RecordKind.Person,
        [
            new("email", HubSpotObject.Email) { Type = FieldType.Email },
            new("firstName", "firstname"),
            new("lastName", "lastname"),
            new("phone", "phone") { Type = FieldType.Phone },
            new("mobilePhone", "mobilephone") { Type = FieldType.Phone },
            new("title", "jobtitle"),
            new("company", "company"),
            new("account", HubSpotAssociation.CompanyField) { Type = FieldType.Reference, To = RecordKind.Account },
            new("street", "address"),
            new("city", "city"),
            new("state", "state"),
            new("postalCode", "zip"),
            new("country", "country"),
            new("website", "website"),
            new("leadSource", "hs_analytics_source") { Type = FieldType.Choice, Direction = MapDirection.In },
            new("lifecycleStage", HubSpotObject.Stage) { Type = FieldType.Choice, Options = LifecycleStages },
            new("leadStatus", HubSpotObject.LeadStatus) { Type = FieldType.Choice, Direction = MapDirection.In },
            new("industry", "industry"),
            new("emailOptOut", HubSpotObject.OptOut) { Type = FieldType.Boolean },
            new("leadScore", "hubspotscore") { Type = FieldType.Number, Direction = MapDirection.In },
        ]),
        new("deals", RecordKind.Opportunity,
        [
            new("name", "dealname"),
            new("amount", "amount") { Type = FieldType.Number },
            new("closeDate", "closedate") { Type = FieldType.Date },
            new("stage", "dealstage") { Type = FieldType.Choice },
            new("isClosed", "hs_is_closed") { Type = FieldType.Boolean, Direction = MapDirection.In },
            new("isWon", "hs_is_closed_won") { Type = FieldType.Boolean, Direction = MapDirection.In },
            new("account", HubSpotAssociation.CompanyField) { Type = FieldType.Reference, To = RecordKind.Account },
            new("contacts", HubSpotAssociation.ContactsField) { Type = FieldType.References, To = RecordKind.Person },
            new("description", "description"),
        ]),
    ];
}
