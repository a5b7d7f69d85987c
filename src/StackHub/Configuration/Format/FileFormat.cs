using System.Collections.Immutable;

namespace StackHub.Configuration.Format;

/// <summary>The keys at the top of stackhub.yaml.</summary>
internal static class FileFormat
{
    public static readonly Key<Section> Hub = new("hub", HubFormat.Shape, "The hub itself.");

    public static readonly Key<ImmutableArray<Named<Section>>?> Systems = new("systems", new TableOf<Section>("A block of systems", SystemFormat.Shape, Forms.System), "The systems to keep the same, each under a name of your choice.") { Required = true };

    public static readonly Key<Section> Fields = new("fields", FieldFormat.KindsShape, "Canonical fields: who wins when systems disagree, and fields of your own.");

    public static readonly SectionOf Shape = new("A block of keys", [Hub, Systems, Fields]);
}
