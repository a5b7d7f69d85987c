using System.Collections.Frozen;
using System.Collections.Immutable;
using NodaTime;

namespace StackHub.Audit.Inventory;

/// <summary>All that is known of a stack at one moment. Checks read nothing else.</summary>
public sealed record StackInventory(DateTimeOffset At, LocalDate Today)
{
    private StackIndex? index;

    /// <summary>By id.</summary>
    public ImmutableArray<Tool> Tools { get; init; } = [];

    public UsageTable Usage { get; init; } = UsageTable.Empty;

    public FrozenDictionary<UserId, Leaver> Leavers { get; init; } = FrozenDictionary<UserId, Leaver>.Empty;

    public ImmutableArray<ToolAsset> Assets { get; init; } = [];

    public ImmutableArray<TrafficDay> Traffic { get; init; } = [];

    /// <summary>Counting of traffic began on this day; before it, "nothing moved" is not known. Null when nothing is counted.</summary>
    public LocalDate? TrafficSince { get; init; }

    public ImmutableArray<FieldTraffic> Fields { get; init; } = [];

    /// <summary>Tools whose records the hub sees.</summary>
    public FrozenDictionary<ToolId, ToolRecords> Records { get; init; } = FrozenDictionary<ToolId, ToolRecords>.Empty;

    public ImmutableArray<UnknownOrigin> UnknownOrigins { get; init; } = [];

    public ImmutableArray<IntentionalPair> IntentionalPairs { get; init; } = [];

    /// <summary>What each field is for, by "Person.email".</summary>
    public FrozenDictionary<string, string> Purposes { get; init; } = FrozenDictionary<string, string>.Empty;

    /// <summary>How rare each capability is; by the catalogue where there is one, otherwise by this stack.</summary>
    public CapabilityRarity Rarity { get; init; } = CapabilityRarity.Even;

    public ImmutableArray<SourceHealth> Sources { get; init; } = [];

    /// <summary>A copy made by "with" has other lists, and so an index of its own.</summary>
    private StackIndex Index => index is { } known && known.IsOf(this) ? known : index = new(this);

    public Tool? Find(ToolId id) => Index.ById.GetValueOrDefault(id);

    /// <summary>The tool that a configured system is.</summary>
    public Tool? OfSystem(string system) => Index.BySystem.GetValueOrDefault(system);

    public IEnumerable<TrafficDay> TrafficOf(ToolId tool) => Index.Traffic[tool];

    public IEnumerable<FieldTraffic> FieldsOf(ToolId tool) => Index.Fields[tool];

    public IEnumerable<ToolAsset> AssetsOf(ToolId tool) => Index.Assets[tool];

    public bool HasLeft(UserId user) => Leavers.ContainsKey(user);

    public bool Equals(StackInventory? other) => ReferenceEquals(this, other);

    public override int GetHashCode() => HashCode.Combine(At, Tools.Length);

    public override string ToString() => $"stack of {Tools.Length} tools at {At:O}";
}
