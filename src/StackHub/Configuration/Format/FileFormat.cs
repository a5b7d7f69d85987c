using System.Collections.Immutable;
using StackHub.Audit.Reading;
using StackHub.Lifecycle.Reading;
using StackHub.Privacy.Reading;
using StackHub.Routing.Reading;

namespace StackHub.Configuration.Format;

/// <summary>The keys at the top of stackhub.yaml.</summary>
internal static class FileFormat
{
    public static readonly Key<Section> Hub = new("hub", HubFormat.Shape, "The hub itself.");

    public static readonly Key<ImmutableArray<Named<Section>>?> Systems = new("systems", new TableOf<Section>("A block of systems", SystemFormat.Shape, Forms.System), "The systems to keep the same, each under a name of your choice.") { Required = true };

    public static readonly Key<Section> Fields = new("fields", FieldFormat.KindsShape, "Canonical fields: who wins when systems disagree, and fields of your own.");

    public static readonly Key<Section> Routing = new("routing", RoutingFormat.Shape, "Who gets new leads.");

    public static readonly Key<Section> Lifecycle = new("lifecycle", LifecycleFormat.Shape, "Which stage people are in, and who may say so.");

    public static readonly Key<Section> Audit = new("audit", AuditFormat.Shape, "The stack audit: which tools are double, unused, orphaned, unknown or risky.");

    public static readonly Key<Section> Privacy = new("privacy", PrivacyFormat.Shape, "What personal data is used for, and how consent is kept.");

    public static readonly SectionOf Shape = new("A block of keys", [Hub, Systems, Fields, Routing, Lifecycle, Audit, Privacy]);
}
