namespace StackHub.Identity;

/// <summary>The names of what is compared.</summary>
public static class Comparisons
{
    public const string Name = "name";
    public const string Email = "e-mail";
    public const string Phone = "phone";
    public const string Company = "company";
    public const string Title = "title";
    public const string Place = "place";
    public const string ExternalId = "external id";
}
