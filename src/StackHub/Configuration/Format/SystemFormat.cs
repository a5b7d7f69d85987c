using System.Collections.Immutable;
using StackHub.Records;

namespace StackHub.Configuration.Format;

/// <summary>The keys under "systems" and a system's name.</summary>
internal static class SystemFormat
{
    /// <summary>The word that keeps a kind from being created.</summary>
    public const string Never = "never";

    public static readonly Key<string> Connector = new("connector", new TextValue("A connector's name"), "The vendor: salesforce, hubspot, intercom and so on.") { Required = true };

    public static readonly Key<SystemMode?> Mode = new("mode", new Word<SystemMode>(), "live reads and writes once its first plan is approved; shadow only says what it would write.") { Default = "live" };

    public static readonly Key<TimeSpan?> Poll = new("poll", new Duration(TimeSpan.FromSeconds(5), TimeSpan.FromDays(1)), "How often the system is asked for changes, beside its webhooks.") { Default = "60s" };

    public static readonly Key<int?> Concurrency = new("concurrency", new WholeNumber(1, 64), "Write calls under way at once.") { Default = "4" };

    public static readonly Key<ImmutableArray<Named<string>>?> Settings = new("settings", new TableOf<string>("A block of settings", new TextValue()), "The connector's settings; secrets only as env:NAME or keyvault:NAME.");

    public static readonly ImmutableArray<(RecordKind Kind, Key<string> Key)> Creates =
    [
        (RecordKind.Account, CreateKey("account", "accounts")),
        (RecordKind.Person, CreateKey("person", "people")),
        (RecordKind.Opportunity, CreateKey("opportunity", "opportunities")),
    ];

    public static readonly Key<Section> Create = new("create", new SectionOf("A block of account, person and opportunity", [.. Creates.Select(create => create.Key)]), "Which object new records become here; never keeps a kind from being created.");

    public static readonly Key<int?> FuseCreates = new("creates", new WholeNumber(0, 100_000_000), "Records created.") { Default = "5000" };

    public static readonly Key<int?> FuseOverwrites = new("overwrites", new WholeNumber(0, 100_000_000), "Filled values replaced.") { Default = "50000" };

    public static readonly Key<int?> FuseDeletes = new("deletes", new WholeNumber(0, 100_000_000), "Records deleted.") { Default = "100" };

    public static readonly Key<Section> Fuse = new("fuse", new SectionOf("A block of creates, overwrites and deletes", [FuseCreates, FuseOverwrites, FuseDeletes]), "The most the hub does here in an hour before it stops and asks a person.");

    public static readonly Key<ImmutableArray<Named<Choice>>?> Fields = new("fields", new TableOf<Choice>("A block of fields", new NoneOr(FieldMapFormat.Shape), Forms.Field), "Canonical fields and where they are in this object; none leaves one out.");

    public static readonly SectionOf ObjectShape = new("An object's fields", [Fields]);

    public static readonly Key<ImmutableArray<Named<Choice>>?> Objects = new("objects", new TableOf<Choice>("A block of objects", new NoneOr(ObjectShape)), "Changes and additions to the connector's own maps; none keeps an object from being synced.");

    public static readonly SectionOf Shape = new("A system", [Connector, Mode, Poll, Concurrency, Settings, Create, Fuse, Objects]);

    private static Key<string> CreateKey(string name, string records) =>
        new(name, new TextValue("An object of the system, or never,"), $"The object new {records} become, or never.") { Default = "the connector's first that can be created" };
}
