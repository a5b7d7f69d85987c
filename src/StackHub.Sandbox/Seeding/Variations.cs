namespace StackHub.Sandbox.Seeding;

/// <summary>How the same value comes out differently in different tools.</summary>
internal static class Variations
{
    private static readonly string[] Suffixes = [" Inc.", ", Inc", " Inc", " Incorporated", " Ltd", " GmbH"];

    /// <summary>Two letters swapped, or one left out.</summary>
    public static string Typo(string text, Random random)
    {
        if (text.Length < 4)
            return text;
        var at = random.Next(1, text.Length - 2);
        return random.Next(2) == 0 ? text.Remove(at, 1) : text[..at] + text[at + 1] + text[at] + text[(at + 2)..];
    }

    public static string Case(string text, Random random) => random.Next(3) switch
    {
        0 => text.ToUpperInvariant(),
        1 => text.ToLowerInvariant(),
        _ => char.ToUpperInvariant(text[0]) + text[1..],
    };

    /// <summary>From +15551234567 to one of the ways people type it.</summary>
    public static string Phone(string phone, Random random) => random.Next(4) switch
    {
        0 => $"({phone[2..5]}) {phone[5..8]}-{phone[8..]}",
        1 => $"{phone[2..5]}.{phone[5..8]}.{phone[8..]}",
        2 => $"001 {phone[2..5]} {phone[5..8]} {phone[8..]}",
        _ => phone,
    };

    public static string Company(string name, Random random) =>
        random.Next(4) == 0 ? name.ToUpperInvariant() + Suffixes[random.Next(2)] : name + Suffixes[random.Next(Suffixes.Length)];
}
