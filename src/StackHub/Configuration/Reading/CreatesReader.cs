using System.Collections.Frozen;
using StackHub.Configuration.Format;
using StackHub.Configuration.Yaml;
using StackHub.Connecting;
using StackHub.Mapping;
using StackHub.Records;

namespace StackHub.Configuration.Reading;

/// <summary>Reads which object new records of each kind become in a system.</summary>
internal static class CreatesReader
{
    public static FrozenDictionary<RecordKind, string> Read(Section system, ConnectorInfo connector, IReadOnlyList<ObjectMap> maps)
    {
        var section = system.Get(SystemFormat.Create);
        var creates = new Dictionary<RecordKind, string>();
        foreach (var (kind, key) in SystemFormat.Creates)
        {
            var written = section?.Get(key);
            if (written is not null and not SystemFormat.Never)
                Check(section!, key, kind, written, connector, maps);
            if ((written ?? First(connector, kind, maps)) is { } type and not SystemFormat.Never)
                creates[kind] = type;
        }
        return creates.ToFrozenDictionary();
    }

    private static string? First(ConnectorInfo connector, RecordKind kind, IReadOnlyList<ObjectMap> maps) =>
        connector.Objects.FirstOrDefault(type => type.Kind == kind && type.CanCreate && maps.Any(map => map.ObjectType == type.ObjectType))?.ObjectType;

    private static void Check(Section section, Key<string> key, RecordKind kind, string written, ConnectorInfo connector, IReadOnlyList<ObjectMap> maps)
    {
        var ofKind = connector.Objects.Where(type => type.Kind == kind).ToArray();
        if (ofKind.FirstOrDefault(type => type.ObjectType == written) is not { } found)
            section.Problem(key, $"{connector.DisplayName} has no object {Shown.Of(written)} for this kind.", Suggestion.OneOf(written, [.. ofKind.Select(type => type.ObjectType), SystemFormat.Never]));
        else if (!found.CanCreate)
            section.Problem(key, $"The connector does not create {Shown.Of(written)}.", NotCreated(connector, kind, written));
        else if (maps.All(map => map.ObjectType != written))
            section.Problem(key, $"{Shown.Of(written)} is not synced here.", "Take its none out under objects, or choose another object, or never.");
    }

    private static string NotCreated(ConnectorInfo connector, RecordKind kind, string written) =>
        kind == RecordKind.Person && connector.Settings.Any(setting => setting.Name == PeopleAs.Setting)
            ? $"Set {PeopleAs.Setting}: {Shown.Bare(written)} under settings, or choose another object, or never."
            : "Choose another object, or never.";
}
