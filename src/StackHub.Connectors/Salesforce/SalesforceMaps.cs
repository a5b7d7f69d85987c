using System.Collections.Immutable;
using StackHub.Mapping;
using StackHub.Records;

namespace StackHub.Connectors.Salesforce;

/// <summary>The field maps a Salesforce system has unless its configuration says otherwise; lengths are the standard fields' own.</summary>
internal static class SalesforceMaps
{
    /// <summary>Stands for the opportunity's OpportunityContactRole records: a relationship's name, not a field's.</summary>
    public const string ContactRoles = "OpportunityContactRoles";

    public static readonly IReadOnlyList<ObjectMap> Default =
    [
        new("Account", RecordKind.Account, Account()),
        new("Lead", RecordKind.Person, Lead()),
        new("Contact", RecordKind.Person, Contact()),
        new("Opportunity", RecordKind.Opportunity, Opportunity()),
    ];

    private static ImmutableArray<FieldMap> Account() =>
    [
        Text("name", "Name", 255) with { Placeholder = "Unknown" },
        Text("domain", "Website", 255) with { Inbound = ["domain"] },
        Typed("phone", "Phone", FieldType.Phone, 40),
        Typed("industry", "Industry", FieldType.Choice, 255),
        Typed("employees", "NumberOfEmployees", FieldType.Number),
        Typed("annualRevenue", "AnnualRevenue", FieldType.Number),
        .. Address("Billing"),
        Text("description", "Description", 32_000),
    ];

    private static ImmutableArray<FieldMap> Lead() =>
    [
        .. Person(),
        Typed("leadStatus", "Status", FieldType.Choice, 255) with { Direction = MapDirection.In },
        Text("company", "Company", 255) with { Placeholder = "Unknown" },
        Text("website", "Website", 255),
        .. Address(""),
    ];

    private static ImmutableArray<FieldMap> Contact() =>
    [
        .. Person(),
        new("account", "AccountId") { Type = FieldType.Reference, To = RecordKind.Account },
        .. Address("Mailing"),
    ];

    private static ImmutableArray<FieldMap> Opportunity() =>
    [
        Text("name", "Name", 120) with { Placeholder = "Unknown" },
        Typed("amount", "Amount", FieldType.Number),
        Typed("closeDate", "CloseDate", FieldType.Date) with { Placeholder = "2099-12-31" },
        Typed("stage", "StageName", FieldType.Choice, 255) with { Placeholder = "Prospecting" },
        Typed("isClosed", "IsClosed", FieldType.Boolean) with { Direction = MapDirection.In },
        Typed("isWon", "IsWon", FieldType.Boolean) with { Direction = MapDirection.In },
        new("account", "AccountId") { Type = FieldType.Reference, To = RecordKind.Account },
        new("contacts", ContactRoles) { Type = FieldType.References, To = RecordKind.Person },
        Text("description", "Description", 32_000),
    ];

    private static ImmutableArray<FieldMap> Person() =>
    [
        Typed("email", "Email", FieldType.Email, 80),
        Text("firstName", "FirstName", 40),
        Text("lastName", "LastName", 80) with { Placeholder = "Unknown" },
        Typed("phone", "Phone", FieldType.Phone, 40),
        Typed("mobilePhone", "MobilePhone", FieldType.Phone, 40),
        Text("title", "Title", 128),
        Typed("leadSource", "LeadSource", FieldType.Choice, 255),
        Text("description", "Description", 32_000),
        Typed("emailOptOut", "HasOptedOutOfEmail", FieldType.Boolean),
        Typed("doNotCall", "DoNotCall", FieldType.Boolean),
    ];

    private static ImmutableArray<FieldMap> Address(string prefix) =>
    [
        Text("street", prefix + "Street", 255),
        Text("city", prefix + "City", 40),
        Text("state", prefix + "State", 80),
        Text("postalCode", prefix + "PostalCode", 20),
        Text("country", prefix + "Country", 80),
    ];

    private static FieldMap Text(string field, string vendorField, int maxLength) => new(field, vendorField) { MaxLength = maxLength };

    private static FieldMap Typed(string field, string vendorField, FieldType type, int? maxLength = null) =>
        new(field, vendorField) { Type = type, MaxLength = maxLength };
}
