using System.Collections.Frozen;
using static StackHub.Sandbox.Vendors.Salesforce.Schema.FieldType;

namespace StackHub.Sandbox.Vendors.Salesforce.Schema;

/// <summary>The objects of the org, with a handful of custom fields as a customer would have them.</summary>
internal static class StandardObjects
{
    public static readonly SObjectType User = new("User", "005",
        new("Username", Email, 80), new("FirstName", FieldType.String, 40), new("LastName", FieldType.String, 80), Name(121),
        new("Email", Email, 128), new("Alias", FieldType.String, 8), new("IsActive", FieldType.Boolean) { Default = true },
        new("UserType", Picklist, 40) { Values = ["Standard", "AutomatedProcess"], Default = "Standard" }, new("LastLoginDate", FieldType.DateTime) { ReadOnly = true })
    { IsReadOnly = true };

    public static readonly SObjectType License = new("UserLicense", "100",
        Name(121), Label, new("LicenseDefinitionKey", FieldType.String, 40), new("TotalLicenses", Int), new("UsedLicenses", Int)) { IsReadOnly = true };

    public static readonly SObjectType Organization = new("Organization", "00D", Name(80)) { IsReadOnly = true };

    public static readonly SObjectType Account = new("Account", "001",
    [
        new("Name", FieldType.String, 255) { Required = true, Indexed = true }, MasterRecord, Owner,
        new("Type", Picklist, 255), new("Website", Url, 255) { Indexed = true }, new("Phone", Phone, 40), new("Fax", Phone, 40),
        new("Industry", Picklist, 255), new("NumberOfEmployees", Int), new("AnnualRevenue", Currency), new("Description", TextArea, 32_000),
        new("AccountNumber", FieldType.String, 40), new("Site", FieldType.String, 80), .. Address("Billing"), HubId,
        new("Tier__c", Picklist, 255) { Values = ["Gold", "Silver", "Bronze"], Restricted = true },
    ]);

    public static readonly SObjectType Individual = new("Individual", "0PK",
        new("FirstName", FieldType.String, 40), new("LastName", FieldType.String, 80) { Required = true }, Name(121), Owner,
        Flag("HasOptedOutProcessing"), Flag("HasOptedOutProfiling"), Flag("HasOptedOutSolicit"), Flag("HasOptedOutTracking"),
        Flag("HasOptedOutGeoTracking"), Flag("ShouldForget"), Flag("SendIndividualData"), Flag("CanStorePiiElsewhere"));

    public static readonly SObjectType Contact = new("Contact", "003",
    [
        .. Person, Lookup("AccountId", "Account", "Account"), Lookup("ReportsToId", "Contact", "ReportsTo"), MasterRecord,
        new("Department", FieldType.String, 80), new("Birthdate", Date), new("HomePhone", Phone, 40), .. Address("Mailing"),
    ]);

    public static readonly SObjectType Lead = new("Lead", "00Q",
    [
        .. Person, new("Company", FieldType.String, 255) { Required = true }, new("Website", Url, 255), MasterRecord,
        new("Status", Picklist, 255) { Values = ["Open - Not Contacted", "Working - Contacted", "Closed - Converted", "Closed - Not Converted"], Default = "Open - Not Contacted" },
        new("Rating", Picklist, 255), new("Industry", Picklist, 255), new("NumberOfEmployees", Int), .. Address(""),
        new("IsConverted", FieldType.Boolean) { ReadOnly = true, Default = false }, new("ConvertedDate", Date) { ReadOnly = true },
        Converted("Account"), Converted("Contact"), Converted("Opportunity"),
    ]);

    public static readonly SObjectType Opportunity = new("Opportunity", "006",
    [
        new("Name", FieldType.String, 120) { Required = true }, Lookup("AccountId", "Account", "Account"), Owner,
        new("StageName", Picklist, 255)
        {
            Required = true,
            Values = ["Prospecting", "Qualification", "Needs Analysis", "Value Proposition", "Id. Decision Makers", "Perception Analysis", "Proposal/Price Quote", "Negotiation/Review", "Closed Won", "Closed Lost"],
        },
        new("CloseDate", Date) { Required = true }, new("Amount", Currency), new("Probability", Percent), new("Type", Picklist, 255),
        new("LeadSource", Picklist, 255), new("NextStep", FieldType.String, 255), new("Description", TextArea, 32_000),
        new("IsClosed", FieldType.Boolean) { ReadOnly = true, Default = false }, new("IsWon", FieldType.Boolean) { ReadOnly = true, Default = false }, HubId,
    ]);

    public static readonly SObjectType ContactRole = new("OpportunityContactRole", "00K",
        Lookup("OpportunityId", "Opportunity", "Opportunity") with { Required = true }, Lookup("ContactId", "Contact", "Contact") with { Required = true },
        new("Role", Picklist, 255), Flag("IsPrimary"));

    public static readonly SObjectType LeadStatus = new("LeadStatus", "01J", Label, ApiName, SortOrder, Flag("IsDefault"), Flag("IsConverted"));

    public static readonly SObjectType OpportunityStage = new("OpportunityStage", "01J", Label, ApiName, SortOrder, Flag("IsActive"), Flag("IsClosed"), Flag("IsWon"));

    public static readonly FrozenDictionary<string, SObjectType> All = new[]
    {
        User, License, Organization, Account, Individual, Contact, Lead, Opportunity, ContactRole, LeadStatus, OpportunityStage,
        History("AccountHistory", "016", "AccountId", "Account"), History("ContactHistory", "017", "ContactId", "Contact"),
        History("LeadHistory", "019", "LeadId", "Lead"), History("OpportunityFieldHistory", "018", "OpportunityId", "Opportunity"),
    }.ToFrozenDictionary(type => type.Name, StringComparer.OrdinalIgnoreCase);

    /// <summary>The history object that records edits of this one, or null.</summary>
    public static SObjectType? HistoryFor(SObjectType type) => type.Name switch
    {
        "Account" or "Contact" or "Lead" => All[type.Name + "History"],
        "Opportunity" => All["OpportunityFieldHistory"],
        _ => null,
    };

    private static Field HubId => new("StackHub_Id__c", FieldType.String, 255) { ExternalId = true, Indexed = true };

    private static Field Label => new("MasterLabel", FieldType.String, 255) { ReadOnly = true };

    private static Field ApiName => new("ApiName", FieldType.String, 255) { ReadOnly = true };

    private static Field SortOrder => new("SortOrder", Int) { ReadOnly = true };

    private static Field Owner => Lookup("OwnerId", "User", "Owner");

    private static Field MasterRecord => new("MasterRecordId", Reference, 18) { ReadOnly = true };

    private static Field[] Person =>
    [
        new("LastName", FieldType.String, 80) { Required = true, Indexed = true }, new("FirstName", FieldType.String, 40), new("Salutation", Picklist, 40), Name(121),
        new("Email", Email, 80) { Indexed = true }, new("Phone", Phone, 40), new("MobilePhone", Phone, 40), new("Title", FieldType.String, 128),
        new("LeadSource", Picklist, 255), new("Description", TextArea, 32_000), Flag("HasOptedOutOfEmail"), Flag("DoNotCall"), Flag("HasOptedOutOfFax"),
        Lookup("IndividualId", "Individual", "Individual"), Owner, HubId, Flag("Newsletter__c"), new("Lead_Score__c", FieldType.Double), new("Lifecycle_Stage__c", FieldType.String, 40),
    ];

    private static Field[] Address(string prefix) =>
    [
        new(prefix + "Street", TextArea, 255), new(prefix + "City", FieldType.String, 40), new(prefix + "State", FieldType.String, 80),
        new(prefix + "PostalCode", FieldType.String, 20), new(prefix + "Country", FieldType.String, 80),
    ];

    private static Field Name(int length) => new("Name", FieldType.String, length) { ReadOnly = true };

    private static Field Flag(string name) => new(name, FieldType.Boolean) { Default = false };

    private static Field Converted(string type) => Lookup($"Converted{type}Id", type, $"Converted{type}") with { ReadOnly = true };

    private static Field Lookup(string name, string type, string relationship) =>
        new(name, Reference, 18) { ReferenceTo = type, Relationship = relationship, Indexed = name != "OwnerId" };

    private static SObjectType History(string name, string prefix, string parentId, string parent) =>
        new(name, prefix, Lookup(parentId, parent, parent), new("Field", Picklist, 255), new("OldValue", FieldType.String, 255), new("NewValue", FieldType.String, 255))
        { HistoryOf = parentId, IsReadOnly = true };
}
