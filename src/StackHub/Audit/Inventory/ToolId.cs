using System.Text;

namespace StackHub.Audit.Inventory;

/// <summary>A product's canonical id, such as "hubspot" or "google-analytics": editions, modes and connectors of one product share it.</summary>
public readonly record struct ToolId(string Text) : IComparable<ToolId>
{
    /// <summary>The id of a name nobody knows otherwise: lower case, words joined by hyphens.</summary>
    public static ToolId Of(string name)
    {
        var text = new StringBuilder(name.Length);
        foreach (var letter in name)
            if (char.IsLetterOrDigit(letter))
                text.Append(char.ToLowerInvariant(letter));
            else if (text.Length > 0 && text[^1] != '-')
                text.Append('-');
        while (text.Length > 0 && text[^1] == '-')
            text.Length--;
        return new(text.ToString());
    }

    public int CompareTo(ToolId other) => string.CompareOrdinal(Text, other.Text);

    public override string ToString() => Text;
}
