using StackHub.Configuration.Format;
using StackHub.Configuration.Yaml;
using StackHub.Mapping;
using StackHub.Records;

namespace StackHub.Configuration.Reading;

/// <summary>Reads one object of a system: the connector's own map with the file's changes.</summary>
internal sealed class MapReader(FieldCatalog catalog, ProblemList problems)
{
    public ObjectMap Read(string objectType, RecordKind kind, ObjectMap? own, Named<Choice>? entry)
    {
        var fields = (own?.Fields ?? []).ToList();
        var changes = entry?.Value?.Section?.Get(SystemFormat.Fields) ?? [];
        foreach (var change in changes)
            Apply(fields, kind, change);
        if (fields.Count == 0 && entry is not null && changes.All(change => change.Value is not null))
            problems.Add(entry.NamePlace, entry.Path, $"No field of {Shown.Of(objectType)} is mapped.", $"Map at least one field, or write {Shown.Bare(objectType)}: none.");
        foreach (var change in changes)
            CheckVendorField(fields, change);
        return new(objectType, kind, [.. fields]);
    }

    private void Apply(List<FieldMap> fields, RecordKind kind, Named<Choice> change)
    {
        var index = fields.FindIndex(field => field.Field == change.Name);
        if (change.Value is not { } choice || (index < 0 && !IsDefined(kind, change)))
            return;
        if (choice.Section is null)
            fields.RemoveAll(field => field.Field == change.Name);
        else if (FieldMapReader.Read(change.Name, choice.Section, index < 0 ? null : fields[index], catalog.Find(kind, change.Name)) is { } field)
            fields[index < 0 ? Added(fields, field) : index] = field;
    }

    private static int Added(List<FieldMap> fields, FieldMap field)
    {
        fields.Add(field);
        return fields.Count - 1;
    }

    private bool IsDefined(RecordKind kind, Named<Choice> change)
    {
        if (change.Name == FieldDefinition.HubId || catalog.Find(kind, change.Name) is not null)
            return true;
        var kindName = kind.ToString().ToLowerInvariant();
        problems.Add(change.NamePlace, change.Path, $"There is no canonical field {Shown.Of(change.Name)} of {kindName}.",
            Suggestion.For(change.Name, catalog.Names(kind), $"Define it under fields.{kindName}, for example {Shown.Bare(change.Name)}: {{ type: text }}."));
        return false;
    }

    /// <summary>Two canonical fields written to one vendor field would overwrite each other for ever.</summary>
    private void CheckVendorField(List<FieldMap> fields, Named<Choice> change)
    {
        if (fields.Find(field => field.Field == change.Name) is not { } mine || !mine.Direction.HasFlag(MapDirection.Out))
            return;
        if (fields.Find(field => field != mine && field.VendorField == mine.VendorField && field.Direction.HasFlag(MapDirection.Out)) is { } other)
            problems.Add(change.NamePlace, change.Path, $"The vendor's field {Shown.Of(mine.VendorField)} is also written by {Shown.Of(other.Field)}.", "Set direction: in on one of the two, or write none behind one.");
    }
}
