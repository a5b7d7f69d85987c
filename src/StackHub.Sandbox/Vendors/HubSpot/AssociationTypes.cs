namespace StackHub.Sandbox.Vendors.HubSpot;

/// <summary>The association types between the object types, by their published numbers.</summary>
internal static class AssociationTypes
{
    public const int ContactToPrimaryCompany = 1;

    private static readonly AssociationType[] All =
    [
        new(279, 280, "contacts", "companies"), new(1, 2, "contacts", "companies", "Primary"),
        new(4, 3, "contacts", "deals"), new(341, 342, "deals", "companies"), new(5, 6, "deals", "companies", "Primary"),
        new(449, 449, "contacts", "contacts"), new(450, 450, "companies", "companies"),
        new(1001, 1002, "contacts", "companies", "Decision maker", "USER_DEFINED"), new(1003, 1004, "contacts", "deals", "Champion", "USER_DEFINED"),
    ];

    public static AssociationType? Find(int number) => Array.Find(All, type => type.Number == number || type.Back == number);

    public static int? Opposite(int number) => Find(number) is { } type ? type.Number == number ? type.Back : type.Number : null;

    /// <summary>The number of the plain association in this direction.</summary>
    public static int? Default(HubSpotType from, HubSpotType to) => Between(from, to).Select(pair => (int?)pair.Number).FirstOrDefault();

    public static IEnumerable<(int Number, AssociationType Type)> Between(HubSpotType from, HubSpotType to) =>
        All.Where(type => (type.From == from.Plural && type.To == to.Plural) || (type.From == to.Plural && type.To == from.Plural))
            .Select(type => (type.From == from.Plural ? type.Number : type.Back, type));
}

/// <summary>One association type and its number seen from the other end.</summary>
internal sealed record AssociationType(int Number, int Back, string From, string To, string? Label = null, string Category = "HUBSPOT_DEFINED");
