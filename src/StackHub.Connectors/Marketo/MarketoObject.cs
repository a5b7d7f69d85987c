using StackHub.Records;

namespace StackHub.Connectors.Marketo;

/// <summary>One of Marketo's object types, with its key: what the hub knows a record by.</summary>
/// <param name="Name">As in paths and in the hub: "leads".</param>
internal sealed record MarketoObject(string Name, RecordKind Kind, string Key)
{
    public const string UpdatedAt = "updatedAt";

    /// <summary>A lead's reference to its company, and a company's key.</summary>
    public const string CompanyKey = "externalCompanyId";

    public const string Email = "email";

    public static readonly MarketoObject Companies = new("companies", RecordKind.Account, CompanyKey);

    public static readonly MarketoObject Leads = new("leads", RecordKind.Person, "id");

    public static readonly MarketoObject Opportunities = new("opportunities", RecordKind.Opportunity, "externalOpportunityId");

    /// <summary>In the order of dependence.</summary>
    public static readonly IReadOnlyList<MarketoObject> All = [Companies, Leads, Opportunities];

    public bool IsLeads => this == Leads;

    public string Path => $"/rest/v1/{Name}.json";

    public string DeletePath => $"/rest/v1/{Name}/delete.json";

    public ExternalRef Ref(SystemId system, string id) => new(system, Name, id);

    public static MarketoObject Of(string name) =>
        All.FirstOrDefault(o => o.Name == name) ?? throw new ArgumentException($"Marketo has no object type '{name}' here.", nameof(name));
}
