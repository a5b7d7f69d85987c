using StackHub.Mapping;
using StackHub.Records;

namespace StackHub.Connectors.Marketo;

/// <summary>The field maps a Marketo system has unless its configuration says otherwise.</summary>
internal static class MarketoMaps
{
    private const int TextLength = 255;

    public static readonly IReadOnlyList<ObjectMap> Default =
    [
        new("companies", RecordKind.Account,
        [
            Text("name", "company"),
            Text("domain", "website") with { Inbound = ["domain"] },
            new("phone", "mainPhone") { Type = FieldType.Phone },
            Text("industry", "industry"),
            new("employees", "numberOfEmployees") { Type = FieldType.Number },
            new("annualRevenue", "annualRevenue") { Type = FieldType.Number },
            Text("street", "billingStreet"),
            Text("city", "billingCity"),
            Text("state", "billingState"),
            Text("postalCode", "billingPostalCode"),
            Text("country", "billingCountry"),
        ]),
        new("leads", RecordKind.Person,
        [
            new("email", MarketoObject.Email) { Type = FieldType.Email },
            Text("firstName", "firstName"),
            Text("lastName", "lastName"),
            new("phone", "phone") { Type = FieldType.Phone },
            new("mobilePhone", "mobilePhone") { Type = FieldType.Phone },
            Text("title", "title"),
            Text("company", "company") with { Direction = MapDirection.In }, // it belongs to the company record, which it would rename
            new("account", MarketoObject.CompanyKey) { Type = FieldType.Reference, To = RecordKind.Account },
            Text("street", "address"),
            Text("city", "city"),
            Text("state", "state"),
            Text("postalCode", "postalCode"),
            Text("country", "country"),
            Text("leadSource", "leadSource"),
            new("leadScore", "leadScore") { Type = FieldType.Number, Direction = MapDirection.In },
            new("emailOptOut", "unsubscribed") { Type = FieldType.Boolean },
            new("doNotCall", "doNotCall") { Type = FieldType.Boolean },
        ]),
        new("opportunities", RecordKind.Opportunity,
        [
            Text("name", "name"),
            new("amount", "amount") { Type = FieldType.Number },
            new("closeDate", "closeDate") { Type = FieldType.Date },
            Text("stage", "stage"),
            new("account", MarketoObject.CompanyKey) { Type = FieldType.Reference, To = RecordKind.Account },
            Text("description", "description"),
        ]),
    ];

    private static FieldMap Text(string field, string vendorField) => new(field, vendorField) { MaxLength = TextLength };
}
