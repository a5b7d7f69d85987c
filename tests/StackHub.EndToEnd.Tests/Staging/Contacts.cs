using StackHub.Sandbox.Vendors.HubSpot;

namespace StackHub.EndToEnd.Tests.Staging;

/// <summary>People made and edited in HubSpot, none of whom could be taken for another.</summary>
internal static class Contacts
{
    private static readonly string[] Syllables = ["ba", "ke", "li", "mo", "nu", "ra", "se", "ti", "vo", "zu"];

    public static IReadOnlyList<string> Create(HubSpotSandbox hubSpot, int count) =>
    [
        .. Enumerable.Range(0, count).Select(number => (string)hubSpot.Edit(new("create", "contacts")
        {
            Fields = new Dictionary<string, string?> { ["email"] = $"person{number}@order{number}.example", ["firstname"] = Name(number), ["lastname"] = Name(number + 7_777), ["jobtitle"] = "At first" },
        })!["id"]!),
    ];

    /// <summary>Each contact in turn, so often; one contact's updates are at least 20 ms apart.</summary>
    public static async Task UpdateAsync(HubSpotSandbox hubSpot, IReadOnlyList<string> contacts, int updates)
    {
        for (var update = 0; update < updates; update++)
        {
            foreach (var id in contacts)
                hubSpot.Edit(new("update", "contacts", id) { Fields = new Dictionary<string, string?> { ["jobtitle"] = Title(id, update) } });
            await Task.Delay(20, Stage.Token);
        }
    }

    public static string Title(string contact, int update) => $"Title {update} of {contact}";

    private static string Name(int number) => string.Concat($"{number:D4}".Select(digit => Syllables[digit - '0'])) is var name ? $"{char.ToUpperInvariant(name[0])}{name[1..]}" : "";
}
