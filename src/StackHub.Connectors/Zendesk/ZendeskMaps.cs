using System.Collections.Immutable;
using StackHub.Mapping;
using StackHub.Records;

namespace StackHub.Connectors.Zendesk;

/// <summary>The maps a Zendesk system has unless its configuration says otherwise.</summary>
internal static class ZendeskMaps
{
    public static ObjectMap Organizations { get; } = new(ZendeskType.Organizations.Name, RecordKind.Account,
    [
        new("name", ZendeskFields.Name),
        new("domain", ZendeskFields.Domain) { Inbound = ["domain"] },
        new("employees", "organization_fields.employees") { Type = FieldType.Number },
        new("industry", "organization_fields.industry"),
    ]);

    public static ObjectMap Users { get; } = new(ZendeskType.Users.Name, RecordKind.Person,
    [
        new("email", ZendeskFields.Email) { Type = FieldType.Email },
        new("firstName", ZendeskFields.FirstName),
        new("lastName", ZendeskFields.LastName),
        new("phone", "phone") { Type = FieldType.Phone },
        new("title", "user_fields.job_title"),
        new("account", ZendeskFields.Organization) { Type = FieldType.Reference, To = RecordKind.Account },
        new("emailOptOut", "user_fields.email_opt_out") { Type = FieldType.Boolean },
        new("lifecycleStage", "user_fields.lifecycle_stage"),
        new("leadScore", "user_fields.lead_score") { Type = FieldType.Number },
    ]);

    public static ImmutableArray<ObjectMap> Default { get; } = [Organizations, Users];
}
