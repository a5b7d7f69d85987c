using System.Collections.Immutable;
using StackHub.Records;

namespace StackHub.Mapping;

/// <summary>One field map with its transforms and option tables looked up.</summary>
public sealed class CompiledField
{
    private readonly ITransform[] inbound;
    private readonly ITransform[] outbound;
    private readonly bool isPlain;
    private readonly ImmutableDictionary<string, string> fromVendor;

    public CompiledField(FieldMap map, FieldType canonicalType)
    {
        Map = map;
        Type = canonicalType;
        inbound = [.. map.Inbound.Select(name => TransformList.All[name])];
        outbound = [.. map.Outbound.Select(name => TransformList.All[name])];
        isPlain = inbound.Length == 0 && outbound.Length == 0 && map.Options.IsEmpty && map.Aliases.IsEmpty && map.Placeholder is null && map.MaxLength is null;
        fromVendor = map.Options.GroupBy(option => option.Value, StringComparer.OrdinalIgnoreCase)
            .ToImmutableDictionary(group => group.Key, group => group.First().Key, StringComparer.OrdinalIgnoreCase)
            .SetItems(map.Aliases);
    }

    public FieldMap Map { get; }

    /// <summary>The canonical field's type.</summary>
    public FieldType Type { get; }

    public bool IsReference => Type is FieldType.Reference or FieldType.References;

    /// <summary>False when the vendor has no word for the value, so that it is not written there.</summary>
    public bool CanSay(FieldValue value) => !Map.KnownOptionsOnly || (value.Text is { } text && Map.Options.ContainsKey(text));

    /// <summary>Null when the text is not of the field's type. A placeholder of ours reads as blank.</summary>
    public FieldValue? ToCanonical(string? text)
    {
        if (text is not null && Map.Placeholder is { } placeholder && string.Equals(text.Trim(), placeholder, StringComparison.OrdinalIgnoreCase))
            return FieldValue.Blank;
        foreach (var transform in inbound)
        {
            if (string.IsNullOrWhiteSpace(text))
                break;
            text = transform.Apply(text);
        }
        if (text is not null && !fromVendor.IsEmpty)
            text = Type == FieldType.Set
                ? CanonicalText.Join(CanonicalText.Split(text).Select(option => fromVendor.GetValueOrDefault(option, option)))
                : fromVendor.GetValueOrDefault(text.Trim(), text);
        return CanonicalText.Of(Type, text);
    }

    /// <summary>The text to write; for references the caller has put the system's own ids in.</summary>
    public FieldValue ToVendor(FieldValue value)
    {
        var text = value.Text;
        if (text is null)
            return Map.Placeholder is { } placeholder ? new(placeholder) : FieldValue.Blank;
        if (!Map.Options.IsEmpty)
            text = Type == FieldType.Set
                ? CanonicalText.Join(CanonicalText.Split(text).Select(option => Map.Options.GetValueOrDefault(option, option)))
                : Map.Options.GetValueOrDefault(text, text);
        foreach (var transform in outbound)
            text = string.IsNullOrEmpty(text) ? text : transform.Apply(text);
        return new(Map.MaxLength is { } length && text?.Length > length ? Cut(text, length) : text);
    }

    /// <summary>Whether the hub may put the value in the place of what the system holds.</summary>
    public bool MayWrite(FieldValue wanted, FieldValue held) =>
        CanSay(wanted) && (!Map.KeepsUnmapped || held.IsBlank || Map.Options.ContainsKey(held.Text!) || fromVendor.ContainsValue(held.Text!));

    /// <summary>
    /// What the system is expected to say after the value was written: its own form of it. Where the map changes nothing that is the
    /// canonical form again, which the value has already.
    /// </summary>
    public FieldValue Projection(FieldValue value) => IsReference || isPlain ? value : ToCanonical(ToVendor(value).Text) ?? value;

    /// <summary>Never cuts between the halves of one character.</summary>
    private static string Cut(string text, int length) =>
        (char.IsHighSurrogate(text[length - 1]) ? text[..(length - 1)] : text[..length]).TrimEnd();
}
