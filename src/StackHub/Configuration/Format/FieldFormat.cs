using System.Collections.Immutable;
using StackHub.Mapping;
using StackHub.Records;

namespace StackHub.Configuration.Format;

/// <summary>The keys under "fields", a kind and a field's name.</summary>
internal static class FieldFormat
{
    public static readonly Key<FieldType?> Type = new("type", new Word<FieldType>(), "How the field's values are read and compared; a field of your own needs it.");

    public static readonly Key<PolicyKind?> Policy = new("policy", new Word<PolicyKind>(PolicyNames.Of), "Who wins when systems disagree.") { Default = "most-recent" };

    public static readonly Key<ImmutableArray<Located>?> Systems = new("systems", new Names("A list of systems"), "For system-of-record: the systems in order of authority.");

    public static readonly Key<bool?> BlankNeverWins = new("blankNeverWins", new Flag(), "true: clearing the field in one system never empties it in the others.") { Default = "what the built-in field says, false for your own" };

    public static readonly Key<RecordKind?> RefersTo = new("refersTo", new Word<RecordKind>(), "For references: the kind of record they point to.");

    public static readonly SectionOf Shape = new("A field's policy", [Type, Policy, Systems, BlankNeverWins, RefersTo]);

    public static readonly ImmutableArray<(RecordKind Kind, Key<ImmutableArray<Named<Section>>?> Key)> Kinds =
    [
        (RecordKind.Account, KindKey("account", "accounts")),
        (RecordKind.Person, KindKey("person", "people")),
        (RecordKind.Opportunity, KindKey("opportunity", "opportunities")),
    ];

    public static readonly SectionOf KindsShape = new("A block of account, person and opportunity", [.. Kinds.Select(kind => kind.Key)]);

    private static Key<ImmutableArray<Named<Section>>?> KindKey(string name, string records) =>
        new(name, new TableOf<Section>("A block of fields", Shape, Forms.Field), $"Fields of {records}: policies of the built-in ones, and your own.");
}
