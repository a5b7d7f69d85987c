using System.Collections.Immutable;
using StackHub.Configuration.Format;
using StackHub.Configuration.Yaml;
using StackHub.Flows;
using StackHub.Mapping;
using StackHub.Records;

namespace StackHub.Configuration.Reading;

/// <summary>Reads "fields": policies of built-in fields, and new fields.</summary>
internal sealed class FieldsReader(FieldCatalog catalog, IReadOnlyCollection<string> systems, ProblemList problems)
{
    /// <summary>What a field has that nobody said anything about; a cell claims "blank" only when a value was cleared on purpose.</summary>
    public static readonly FieldPolicy OwnFieldPolicy = new(PolicyKind.MostRecent, [], BlankNeverWins: false);

    public void Read(Section fields)
    {
        foreach (var (kind, key) in FieldFormat.Kinds)
            foreach (var entry in fields.Get(key) ?? [])
                if (entry.Value is { } section)
                    ReadField(kind, entry, section);
    }

    private void ReadField(RecordKind kind, Named<Section> entry, Section section)
    {
        if (entry.Name == FieldDefinition.HubId)
        {
            problems.Add(entry.NamePlace, entry.Path, "This name is the hub's own record id.", "Choose another name.");
            return;
        }
        var known = catalog.Find(kind, entry.Name);
        var type = section.Get(FieldFormat.Type);
        if (known is null && type is null && !section.Has(FieldFormat.Type))
            problems.Add(entry.NamePlace, entry.Path, "There is no such built-in field.", Suggestion.For(entry.Name, catalog.Names(kind), "For a field of your own add its type, such as type: text."));
        var policy = Policy(section, known?.Definition.Policy ?? OwnFieldPolicy);
        var definition = new FieldDefinition(entry.Name, type ?? known?.Type ?? FieldType.Text) { Policy = policy };
        var field = new CatalogField(definition, section.Get(FieldFormat.RefersTo) ?? known?.RefersTo);
        CheckReference(entry, section, field);
        CheckType(section, field);
        catalog.Set(kind, field);
    }

    private FieldPolicy Policy(Section section, FieldPolicy known)
    {
        var kind = section.Get(FieldFormat.Policy) ?? known.Kind;
        var authorities = Authorities(section, kind);
        var blankNeverWins = section.Get(FieldFormat.BlankNeverWins)
            ?? (known.BlankNeverWins || (kind != known.Kind && kind is PolicyKind.First or PolicyKind.MostRestrictive));
        return new(kind, authorities, blankNeverWins);
    }

    private ImmutableArray<SystemId> Authorities(Section section, PolicyKind kind)
    {
        var before = problems.Count;
        var names = section.Get(FieldFormat.Systems) ?? [];
        foreach (var name in names.Where(name => name.Text != HubAuthor.System.Name && !systems.Contains(name.Text)))
            problems.Add(name.Place, section.PathOf(FieldFormat.Systems), $"There is no system {Shown.Of(name.Text)}.", Suggestion.OneOf(name.Text, systems));
        foreach (var twice in names.GroupBy(name => name.Text).Where(group => group.Count() > 1))
            problems.Add(twice.Last().Place, section.PathOf(FieldFormat.Systems), $"{Shown.Of(twice.Key)} is named twice.", "Name each system once, the highest authority first.");
        if (kind == PolicyKind.SystemOfRecord && names.IsEmpty && problems.Count == before)
            section.Problem(section.Has(FieldFormat.Systems) ? FieldFormat.Systems : FieldFormat.Policy, "The policy system-of-record names no system.", "Add systems: [a, b], the highest authority first.");
        if (kind != PolicyKind.SystemOfRecord && section.Has(FieldFormat.Systems))
            section.Problem(FieldFormat.Systems, $"The policy {PolicyNames.Of(kind)} asks no list of systems.", "Take 'systems' out, or set policy: system-of-record.");
        return [.. names.Select(name => new SystemId(name.Text))];
    }

    private void CheckReference(Named<Section> entry, Section section, CatalogField field)
    {
        if (field.IsReference && field.RefersTo is null && !section.Has(FieldFormat.RefersTo))
            problems.Add(section.PlaceOf(FieldFormat.Type), entry.Path, "A reference must say what it points to.", "Add refersTo: account, person or opportunity.");
        if (!field.IsReference && section.Has(FieldFormat.RefersTo))
            section.Problem(FieldFormat.RefersTo, "Only a reference points to other records.", "Take it out, or set type: reference.");
    }

    private static void CheckType(Section section, CatalogField field)
    {
        var key = section.Has(FieldFormat.Policy) ? (Key)FieldFormat.Policy : FieldFormat.Type;
        if (field.Definition.Policy.Kind == PolicyKind.MostRestrictive && field.Type != FieldType.Boolean)
            section.Problem(key, "The policy most-restrictive is for fields of type boolean.", "Set type: boolean, or choose another policy.");
        if (field.Definition.Policy.Kind == PolicyKind.Union && field.Type is not (FieldType.Set or FieldType.References))
            section.Problem(key, "The policy union is for fields of type set or references.", "Set type: set, or choose another policy.");
    }
}
