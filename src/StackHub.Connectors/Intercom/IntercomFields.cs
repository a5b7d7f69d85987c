namespace StackHub.Connectors.Intercom;

/// <summary>The vendor field names with a meaning of their own; every other name is a key of Intercom's record.</summary>
internal static class IntercomFields
{
    public const string Contacts = "contacts";
    public const string Companies = "companies";

    public const string CustomPrefix = "custom_attributes.";
    public const string FirstName = CustomPrefix + "first_name";
    public const string LastName = CustomPrefix + "last_name";

    public const string Email = "email";
    public const string Name = "name";

    /// <summary>The id of the teammate a contact belongs to, a whole number; companies have none.</summary>
    public const string Owner = "owner_id";
    public const string Size = "size";

    /// <summary>Not a key of Intercom's contact: the id of the one company it is attached to.</summary>
    public const string Company = "company";

    public static bool IsCustom(string field) => field.StartsWith(CustomPrefix, StringComparison.Ordinal);

    public static bool IsNamePart(string field) => field is FirstName or LastName;

    /// <summary>An attribute's own name: Intercom allows dots in it, so only the prefix goes.</summary>
    public static string AttributeOf(string field) => field[CustomPrefix.Length..];
}
