namespace StackHub.Web.Hooks;

/// <summary>The content types vendors send: JSON and XML (SOAP), plain or as a suffix.</summary>
internal static class HookContent
{
    public static bool IsKnown(string? contentType)
    {
        var type = contentType.AsSpan();
        var end = type.IndexOf(';');
        type = (end < 0 ? type : type[..end]).Trim();
        var slash = type.IndexOf('/');
        if (slash < 0)
            return false;
        var top = type[..slash];
        var sub = type[(slash + 1)..];
        return (Is(top, "application") || Is(top, "text")) && (Is(sub, "json") || Is(sub, "xml") || Ends(sub, "+json") || Ends(sub, "+xml"));
    }

    private static bool Is(ReadOnlySpan<char> part, string name) => part.Equals(name, StringComparison.OrdinalIgnoreCase);

    private static bool Ends(ReadOnlySpan<char> part, string suffix) => part.EndsWith(suffix, StringComparison.OrdinalIgnoreCase);
}
