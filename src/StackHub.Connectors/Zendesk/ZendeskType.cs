using StackHub.Records;

namespace StackHub.Connectors.Zendesk;

/// <summary>Users or organizations: what Zendesk calls them in paths and bodies. They are written and read alike.</summary>
/// <param name="Name">In paths and lists: "users".</param>
/// <param name="Fields">The member that holds the custom fields: "user_fields".</param>
internal sealed record ZendeskType(string Name, string Fields, RecordKind Kind)
{
    public static readonly ZendeskType Users = new("users", "user_fields", RecordKind.Person);

    public static readonly ZendeskType Organizations = new("organizations", "organization_fields", RecordKind.Account);

    public string Path => $"/api/v2/{Name}";

    /// <summary>Vendor fields of this type that are custom begin so.</summary>
    public string CustomPrefix => $"{Fields}.";

    public bool IsUsers => this == Users;

    public static ZendeskType Of(string objectType) => objectType switch
    {
        "users" => Users,
        "organizations" => Organizations,
        _ => throw new ArgumentOutOfRangeException(nameof(objectType), objectType, "Zendesk has users and organizations."),
    };

    public bool IsCustom(string field) => field.StartsWith(CustomPrefix, StringComparison.Ordinal);

    public string KeyOf(string field) => field[CustomPrefix.Length..];

    public override string ToString() => Name;
}
