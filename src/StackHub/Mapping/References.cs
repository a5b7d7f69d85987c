using StackHub.Records;

namespace StackHub.Mapping;

/// <summary>Reference values: "id", or "id:role" joined by ';'.</summary>
public static class References
{
    /// <summary>The value with every record id replaced by the record it lives on in.</summary>
    public static FieldValue Follow(FieldType type, FieldValue value, Func<RecordId, RecordId> follow) =>
        value.IsBlank || type is not (FieldType.Reference or FieldType.References)
            ? value
            : Translate(value, id => RecordId.TryParse(id) is { } record ? follow(record).ToString() : id) ?? value;

    /// <summary>The value with every id translated; null when one has no translation.</summary>
    public static FieldValue? Translate(FieldValue value, Func<string, string?> translate)
    {
        if (value.IsBlank)
            return value;
        var parts = CanonicalText.Split(value.Text);
        for (var index = 0; index < parts.Length; index++)
        {
            var (id, role) = Parse(parts[index]);
            if (translate(id) is not { } translated)
                return null;
            parts[index] = role.Length == 0 ? translated : $"{translated}:{role}";
        }
        return new(CanonicalText.Join(parts));
    }

    public static IEnumerable<string> Ids(FieldValue value) => CanonicalText.Split(value.Text).Select(part => Parse(part).Id);

    public static (string Id, string Role) Parse(string part)
    {
        var colon = part.IndexOf(':', StringComparison.Ordinal);
        return colon < 0 ? (part, "") : (part[..colon], part[(colon + 1)..]);
    }
}
