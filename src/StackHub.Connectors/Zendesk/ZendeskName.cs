namespace StackHub.Connectors.Zendesk;

/// <summary>
/// Zendesk has one name, and requires it, where the hub has two. The two live in custom fields; the one is written beside them for people
/// to read, and is read only for a user that has neither field.
/// </summary>
internal static class ZendeskName
{
    /// <summary>Written where nothing is known to call somebody by; never read back.</summary>
    public const string Placeholder = "(no name)";

    public static string Of(string? first, string? last, string? email)
    {
        var name = $"{first?.Trim()} {last?.Trim()}".Trim();
        return name.Length > 0 ? name : email is { Length: > 0 } ? email : Placeholder;
    }

    /// <summary>The last word is the last name ("Mary Ann" and "Smith"); a single word is a first name, an address is none.</summary>
    public static (string? First, string? Last) Split(string? name)
    {
        if (name is null or Placeholder || name.Contains('@'))
            return (null, null);
        var words = name.Split(default(char[]), StringSplitOptions.RemoveEmptyEntries);
        return words.Length switch
        {
            0 => (null, null),
            1 => (words[0], null),
            _ => (string.Join(' ', words[..^1]), words[^1]),
        };
    }
}
