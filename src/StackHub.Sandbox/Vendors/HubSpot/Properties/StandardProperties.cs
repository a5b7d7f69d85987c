namespace StackHub.Sandbox.Vendors.HubSpot.Properties;

/// <summary>The properties every portal has, and a handful of custom ones as a customer would have made them.</summary>
internal static class StandardProperties
{
    public static readonly IReadOnlyList<string> LifecycleStages =
        ["subscriber", "lead", "marketingqualifiedlead", "salesqualifiedlead", "opportunity", "customer", "evangelist", "other"];

    public static readonly IReadOnlyList<string> DealStages =
        ["appointmentscheduled", "qualifiedtobuy", "presentationscheduled", "decisionmakerboughtin", "contractsent", "closedwon", "closedlost"];

    private static readonly string[] Industries =
        ["ACCOUNTING", "AUTOMOTIVE", "BANKING", "BIOTECHNOLOGY", "COMPUTER_SOFTWARE", "CONSTRUCTION", "EDUCATION_MANAGEMENT", "FINANCIAL_SERVICES", "HOSPITAL_HEALTH_CARE", "INSURANCE", "INTERNET", "LOGISTICS_AND_SUPPLY_CHAIN", "MACHINERY", "RETAIL", "TELECOMMUNICATIONS"];

    public static IEnumerable<PropertyDefinition> Of(HubSpotType type) => type.Plural switch
    {
        "contacts" =>
        [
            new("email") { Label = "Email", Unique = true }, .. Texts("firstname", "lastname", "jobtitle", "company", "website", "salutation", "hs_additional_emails", "industry"),
            Phone("phone"), Phone("mobilephone"), .. Address, Lifecycle, Owner, Choice("hs_lead_status", "NEW", "OPEN", "IN_PROGRESS", "OPEN_DEAL", "UNQUALIFIED", "ATTEMPTED_TO_CONTACT", "CONNECTED", "BAD_TIMING"),
            new("date_of_birth"), Number("hubspotscore"), Fixed("hs_email_optout", "bool"), Fixed("associatedcompanyid", "number"), Fixed("hs_calculated_merged_vids", "enumeration"),
            .. System("lastmodifieddate"), HubId, Custom("newsletter", "bool", "booleancheckbox"), Custom("lead_score", "number", "number"), Custom("contract_end", "date", "date"),
        ],
        "companies" =>
        [
            .. Texts("name", "domain", "website", "description", "address2"), Phone("phone"), Choice("industry", Industries), Number("numberofemployees"), Number("annualrevenue"),
            Choice("type", "PROSPECT", "PARTNER", "RESELLER", "VENDOR", "OTHER"), .. Address, Lifecycle, Owner, .. System("hs_lastmodifieddate"), HubId,
            Custom("tier", "enumeration", "select") with { Options = ["gold", "silver", "bronze"] },
        ],
        _ =>
        [
            .. Texts("dealname", "description"), Choice("dealstage", [.. DealStages]), Choice("pipeline", "default"), Number("amount"),
            new("closedate", "datetime", "date"), Choice("dealtype", "newbusiness", "existingbusiness"), Fixed("hs_is_closed", "bool"), Fixed("hs_is_closed_won", "bool"), Owner, .. System("hs_lastmodifieddate"), HubId,
        ],
    };

    private static PropertyDefinition[] Address => [.. Texts("address", "city", "state", "zip", "country")];

    private static PropertyDefinition Lifecycle => Choice("lifecyclestage", [.. LifecycleStages]);

    private static PropertyDefinition Owner => new("hubspot_owner_id", "enumeration", "select") { Label = "Owner" };

    private static PropertyDefinition HubId => Custom("stackhub_id", "string", "text") with { Unique = true, Label = "StackHub id" };

    private static IEnumerable<PropertyDefinition> System(string modified) =>
        [Fixed("hs_object_id", "number"), Fixed("createdate", "datetime"), Fixed(modified, "datetime"), Fixed("hs_merged_object_ids", "enumeration")];

    private static IEnumerable<PropertyDefinition> Texts(params IEnumerable<string> names) => names.Select(name => new PropertyDefinition(name));

    private static PropertyDefinition Phone(string name) => new(name, "string", "phonenumber");

    private static PropertyDefinition Number(string name) => new(name, "number", "number");

    private static PropertyDefinition Fixed(string name, string type) => new(name, type, "text") { ReadOnly = true };

    private static PropertyDefinition Choice(string name, params IReadOnlyList<string> options) => new(name, "enumeration", "select") { Options = options };

    private static PropertyDefinition Custom(string name, string type, string fieldType) => new(name, type, fieldType) { IsCustom = true };
}
