using System.Collections.Immutable;
using StackHub.Configuration.Format;
using StackHub.Mapping;

namespace StackHub.Connectors.Declarative.Format;

/// <summary>How a cleared value is written.</summary>
internal enum BlankAs
{
    Null,
    Empty,
}

/// <summary>A vendor's field: where it is in a record, and how its values look there.</summary>
internal sealed record FieldSpec(string Name, string Path, FieldType Type)
{
    /// <summary>The hub's field it is mapped to unless the configuration says otherwise.</summary>
    public string? Canonical { get; init; }

    public BlankAs Blank { get; init; }

    /// <summary>The vendor keeps a list of which the hub knows the first.</summary>
    public bool IsList { get; init; }

    public bool ReadOnly { get; init; }

    /// <summary>The hub's word to the vendor's; other words of the vendor's are not known.</summary>
    public ImmutableDictionary<string, string> Values { get; init; } = ImmutableDictionary<string, string>.Empty;
}

/// <summary>The keys of a field.</summary>
internal static class FieldFormat
{
    private static readonly Key<string> Path = new("path", new TextValue("A place in the record"), "Where the record has it.") { Default = "its name" };
    private static readonly Key<FieldType?> Type = new("type", new Word<FieldType>(), "The field's type.") { Default = "text" };
    private static readonly Key<string> Field = new("field", new TextValue("A field of the hub"), "The hub's field it is mapped to.");
    private static readonly Key<BlankAs?> Blank = new("blank", new Word<BlankAs>(), "How a cleared value is written.") { Default = "null" };
    private static readonly Key<bool?> List = new("list", new Flag(), "The vendor keeps a list; its first entry is the value.") { Default = "false" };
    private static readonly Key<bool?> ReadOnly = new("readOnly", new Flag(), "It is read and never written.") { Default = "false" };
    private static readonly Key<ImmutableArray<Named<string>>?> Values = new("values", new TableOf<string>("A block of words", new TextValue()), "The hub's words and the vendor's: \"true\": unsubscribed.");

    public static readonly TableOf<Section> Shape = new("A block of fields", new SectionOf("A field", [Path, Type, Field, Blank, List, ReadOnly, Values]));

    public static FieldSpec Read(Named<Section> entry)
    {
        var section = entry.Value!;
        return new(entry.Name, section.Get(Path) ?? entry.Name, section.Get(Type) ?? FieldType.Text)
        {
            Canonical = section.Get(Field),
            Blank = section.Get(Blank) ?? BlankAs.Null,
            IsList = section.Get(List) ?? false,
            ReadOnly = section.Get(ReadOnly) ?? false,
            Values = (section.Get(Values) ?? []).Where(value => value.Value is not null).DistinctBy(value => value.Name).ToImmutableDictionary(value => value.Name, value => value.Value!),
        };
    }
}
