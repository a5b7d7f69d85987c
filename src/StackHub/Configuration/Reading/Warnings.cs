using StackHub.Configuration.Format;
using StackHub.Configuration.Yaml;
using StackHub.Mapping;
using StackHub.Records;

namespace StackHub.Configuration.Reading;

/// <summary>What is well-formed and probably not meant.</summary>
internal static class Warnings
{
    public static void Find(Section file, HubSettings hub, SystemDraft[] drafts, FieldCatalog catalog)
    {
        if (drafts.Length == 1)
            file.Problems.Warn(file.PlaceOf(FileFormat.Systems), FileFormat.Systems.Name, "There is only one system, so there is nothing to keep it the same with.", "Add a second one.");
        if (hub.PublicBase is null && drafts.Any(draft => draft.Connector.WebhookScheme is not null))
            file.Problems.Warn(file.PlaceOf(FileFormat.Hub), FileFormat.Hub.Name, "Without publicUrl no vendor can send webhooks, so changes are only found by polling.", "Set hub.publicUrl.");
        foreach (var kind in Enum.GetValues<RecordKind>())
            foreach (var definition in catalog.Definitions(kind).Values)
                FindUnmappedAuthorities(file, kind, definition, drafts);
    }

    private static void FindUnmappedAuthorities(Section file, RecordKind kind, FieldDefinition definition, SystemDraft[] drafts)
    {
        var path = $"{FileFormat.Fields.Name}.{kind.ToString().ToLowerInvariant()}.{definition.Name}";
        foreach (var system in definition.Policy.Systems)
            if (drafts.FirstOrDefault(draft => draft.Id == system) is { } draft && !Reads(draft, kind, definition.Name))
                file.Problems.Warn(file.PlaceOf(FileFormat.Fields), path, $"{Shown.Of(system.Name)} is a system of record of this field and does not read it.", "Map the field there, or take the system off the list.");
    }

    private static bool Reads(SystemDraft draft, RecordKind kind, string field) =>
        draft.Maps.Any(map => map.Kind == kind && map.Fields.Any(mapped => mapped.Field == field && mapped.Direction.HasFlag(MapDirection.In)));
}
