namespace StackHub.Connectors.Zendesk;

/// <summary>The vendor field names with a meaning of their own; every other name is a member of Zendesk's record.</summary>
internal static class ZendeskFields
{
    public const string Email = "email";
    public const string Name = "name";
    public const string Organization = "organization_id";
    public const string Tags = "tags";

    /// <summary>Not a member of Zendesk's organization: the first of its domain_names.</summary>
    public const string Domain = "domain";

    public const string FirstName = "user_fields.first_name";
    public const string LastName = "user_fields.last_name";

    public static bool IsNamePart(string field) => field is FirstName or LastName;
}
