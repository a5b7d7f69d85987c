using System.Collections.Immutable;
using StackHub.Mapping;

namespace StackHub.Configuration.Format;

/// <summary>The keys of one field in one object of a system.</summary>
internal static class FieldMapFormat
{
    public static readonly Key<string> To = new("to", new TextValue("The vendor's field name"), "The vendor's name of the field. Without it the connector's own map of the field is adjusted.");

    public static readonly Key<FieldType?> Type = new("type", new Word<FieldType>(), "The vendor field's type.") { Default = "the canonical field's type" };

    public static readonly Key<MapDirection?> Direction = new("direction", new Word<MapDirection>(), "in reads it, out writes it, both does both.") { Default = "both" };

    public static readonly Key<ImmutableArray<Located>?> In = new("in", new Names("A list of transforms", TransformList.All.Keys), "Transforms of what comes in, in order.");

    public static readonly Key<ImmutableArray<Located>?> Out = new("out", new Names("A list of transforms", TransformList.All.Keys), "Transforms of what goes out, in order.");

    public static readonly Key<ImmutableArray<Named<string>>?> Options = new("options", new TableOf<string>("A block of options", new TextValue("The vendor's option")), "The hub's options and the vendor's: open: Open - Not Contacted.");

    public static readonly Key<string> Placeholder = new("placeholder", new TextValue(), "Written when the vendor demands a value and none is known; never read back.");

    public static readonly Key<int?> MaxLength = new("maxLength", new WholeNumber(1, 1_000_000), "Characters the vendor stores; longer values are cut.");

    public static readonly SectionOf Shape = new("A field's map, such as { to: Name },", [To, Type, Direction, In, Out, Options, Placeholder, MaxLength]);
}
