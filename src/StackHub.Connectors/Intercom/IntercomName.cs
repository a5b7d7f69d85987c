namespace StackHub.Connectors.Intercom;

/// <summary>
/// Intercom has one name where the hub has two. The two live in custom attributes; the one is written beside them for people to read,
/// and is read only for a contact that has neither attribute.
/// </summary>
internal static class IntercomName
{
    public static string? Join(string? first, string? last)
    {
        var name = $"{first?.Trim()} {last?.Trim()}".Trim();
        return name.Length == 0 ? null : name;
    }

    /// <summary>The last word is the last name ("Mary Ann" and "Smith"); a single word is a first name.</summary>
    public static (string? First, string? Last) Split(string? name)
    {
        var words = (name ?? "").Split(default(char[]), StringSplitOptions.RemoveEmptyEntries);
        return words.Length switch
        {
            0 => (null, null),
            1 => (words[0], null),
            _ => (string.Join(' ', words[..^1]), words[^1]),
        };
    }
}
