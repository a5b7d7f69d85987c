using System.Collections.Immutable;
using StackHub.Configuration.Format;
using StackHub.Configuration.Yaml;
using StackHub.Mapping;

namespace StackHub.Configuration.Reading;

/// <summary>Reads the map of one field. What the file leaves out the connector's own map says, unless the vendor field is another one.</summary>
internal static class FieldMapReader
{
    /// <summary>Null when it could not be read, which is reported.</summary>
    public static FieldMap? Read(string field, Section section, FieldMap? own, CatalogField? canonical)
    {
        var to = section.Get(FieldMapFormat.To);
        if (to is null && own is null && !section.Has(FieldMapFormat.To))
            section.Problem(FieldMapFormat.To, $"The connector has no map of {Shown.Of(field)} here, and no vendor field is named.", "Add to: with the vendor's field name.");
        var start = own is not null && (to is null || to == own.VendorField)
            ? own
            : new(field, to ?? "") { Type = canonical?.Type ?? FieldType.Text, To = canonical?.RefersTo };
        var map = start with
        {
            Type = Type(section, canonical) ?? start.Type,
            Direction = section.Get(FieldMapFormat.Direction) ?? start.Direction,
            Inbound = Names(section.Get(FieldMapFormat.In)) ?? start.Inbound,
            Outbound = Names(section.Get(FieldMapFormat.Out)) ?? start.Outbound,
            Options = Options(section) ?? start.Options,
            Placeholder = section.Get(FieldMapFormat.Placeholder) ?? start.Placeholder,
            MaxLength = section.Get(FieldMapFormat.MaxLength) ?? start.MaxLength,
        };
        Check(section, map);
        return map.VendorField.Length == 0 ? null : map;
    }

    private static FieldType? Type(Section section, CatalogField? canonical)
    {
        var type = section.Get(FieldMapFormat.Type);
        if (type is { } vendor && canonical is not null && (IsReference(vendor) || canonical.IsReference) && vendor != canonical.Type)
            section.Problem(FieldMapFormat.Type, $"The canonical field is of type {canonical.Type.ToString().ToLowerInvariant()}, and records are not values.", "Leave the type out.");
        return type;
    }

    private static void Check(Section section, FieldMap map)
    {
        if (section.Has(FieldMapFormat.Placeholder) && map.Direction == MapDirection.In)
            section.Problem(FieldMapFormat.Placeholder, "A placeholder is only ever written, and this field is only read.", "Take it out, or set direction: both.");
        if (map.Placeholder is { } placeholder && map.MaxLength < placeholder.Length)
            section.Problem(FieldMapFormat.Placeholder, "The placeholder is longer than the vendor's field.", "Shorten it, or raise maxLength.");
    }

    private static ImmutableDictionary<string, string>? Options(Section section)
    {
        if (section.Get(FieldMapFormat.Options) is not { } entries)
            return null;
        var read = entries.Where(entry => entry.Value is not null).ToArray();
        // Read back, one vendor option can only mean one of the hub's.
        foreach (var shared in read.GroupBy(entry => entry.Value!, StringComparer.OrdinalIgnoreCase).Where(group => group.Count() > 1))
            section.Problems.Add(shared.Last().ValuePlace, shared.Last().Path, $"{Shown.Of(shared.Last().Name)} and {Shown.Of(shared.First().Name)} are the same option at the vendor.", "Give each of the hub's options one of its own.");
        return read.ToImmutableDictionary(entry => entry.Name, entry => entry.Value!, StringComparer.Ordinal);
    }

    private static ImmutableArray<string>? Names(ImmutableArray<Located>? names) => names is { } found ? [.. found.Select(name => name.Text)] : null;

    private static bool IsReference(FieldType type) => type is FieldType.Reference or FieldType.References;
}
