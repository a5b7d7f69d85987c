using StackHub.Storage;

namespace StackHub.Cli.Commands;

internal static class Keys
{
    /// <summary>True for text that a row can have as its key; the store throws at anything else.</summary>
    public static bool IsKey(string id) => id.Length is > 0 and <= TableLimits.MaxKeyChars && !id.AsSpan().ContainsAny("/\\#?") && !id.Any(char.IsControl);
}
