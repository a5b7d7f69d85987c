using System.Collections.Frozen;
using System.Collections.Immutable;
using StackHub.Audit.Imports;
using StackHub.Audit.Inventory;

namespace StackHub.Audit;

/// <summary>The audit as stackhub.yaml has it. Without a section only what the hub itself knows is audited.</summary>
public sealed record AuditPlan
{
    public static readonly AuditPlan Default = new();

    public ImmutableArray<InventoryFile> Files { get; init; } = [];

    public AuditSettings Settings { get; init; } = AuditSettings.Default;

    public ImmutableArray<IntentionalPair> IntentionalPairs { get; init; } = [];

    /// <summary>What each field is for, by "Person.email".</summary>
    public FrozenDictionary<string, string> Purposes { get; init; } = FrozenDictionary<string, string>.Empty;

    /// <summary>The tool's name of a configured system, where it is another than its connector's.</summary>
    public FrozenDictionary<string, string> Systems { get; init; } = FrozenDictionary<string, string>.Empty;

    /// <summary>Owners of credentials and flows, by "system", "system/credential" or "system/object".</summary>
    public FrozenDictionary<string, string> Owners { get; init; } = FrozenDictionary<string, string>.Empty;

    public AuditNotify? Notify { get; init; }
}

/// <summary>A file of the inventory, read anew by each run.</summary>
/// <param name="Name">Its snapshots are kept under it.</param>
/// <param name="Columns">Our columns' names to the file's, where its header does not say.</param>
public sealed record InventoryFile(string Name, ImportKind Kind, string Path, ImmutableSortedDictionary<string, string> Columns);

/// <summary>Who is told of new grave findings.</summary>
/// <param name="Secret">"env:NAME" or "keyvault:NAME", with the key that notices are signed with.</param>
public sealed record AuditNotify(Uri Address, string Secret, Severity From);
