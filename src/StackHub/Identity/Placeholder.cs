using System.Collections.Frozen;

namespace StackHub.Identity;

/// <summary>Recognises what is written into a required field when nothing is known: "Unknown", "[not provided]".</summary>
internal static class Placeholder
{
    private static readonly Lazy<FrozenSet<string>> Values = new(() => EmbeddedList.Set("placeholder_values.txt"));

    public static bool Is(string? value) =>
        string.IsNullOrWhiteSpace(value) || Values.Value.Contains(value.Trim(' ', '[', ']', '(', ')', '<', '>').ToLowerInvariant());
}
