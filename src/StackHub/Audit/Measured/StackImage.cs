using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Text.Json.Serialization;
using NodaTime;
using StackHub.Audit.Inventory;
using StackHub.Audit.Running;

namespace StackHub.Audit.Measured;

/// <summary>An inventory as it is kept.</summary>
internal sealed record StackImage(DateTimeOffset At, LocalDate Today)
{
    public ImmutableArray<Tool> Tools { get; init; } = [];

    public UsageImage Usage { get; init; } = new([], [], []);

    public ImmutableArray<Leaver> Leavers { get; init; } = [];

    public ImmutableArray<ToolAsset> Assets { get; init; } = [];

    public ImmutableArray<TrafficDay> Traffic { get; init; } = [];

    public LocalDate? TrafficSince { get; init; }

    public ImmutableArray<FieldTraffic> Fields { get; init; } = [];

    public IReadOnlyDictionary<string, ToolRecords> Records { get; init; } = new Dictionary<string, ToolRecords>();

    public ImmutableArray<UnknownOrigin> UnknownOrigins { get; init; } = [];

    public ImmutableArray<IntentionalPair> IntentionalPairs { get; init; } = [];

    public IReadOnlyDictionary<string, string> Purposes { get; init; } = new Dictionary<string, string>();

    public int Products { get; init; }

    public IReadOnlyDictionary<string, int> Holders { get; init; } = new Dictionary<string, int>();

    public ImmutableArray<SourceHealth> Sources { get; init; } = [];

    public static StackImage Of(StackInventory stack) => new(stack.At, stack.Today)
    {
        Tools = stack.Tools,
        Usage = UsageImage.Of(stack.Usage),
        Leavers = [.. stack.Leavers.Values.OrderBy(leaver => leaver.User)],
        Assets = stack.Assets,
        Traffic = stack.Traffic,
        TrafficSince = stack.TrafficSince,
        Fields = stack.Fields,
        Records = stack.Records.ToDictionary(entry => entry.Key.Text, entry => entry.Value),
        UnknownOrigins = stack.UnknownOrigins,
        IntentionalPairs = stack.IntentionalPairs,
        Purposes = stack.Purposes,
        Products = stack.Rarity.Products,
        Holders = stack.Rarity.Holders,
        Sources = stack.Sources,
    };

    public StackInventory Stack() => new(At, Today)
    {
        Tools = Tools,
        Usage = Usage.Table(),
        Leavers = Leavers.ToFrozenDictionary(leaver => leaver.User),
        Assets = Assets,
        Traffic = Traffic,
        TrafficSince = TrafficSince,
        Fields = Fields,
        Records = Records.ToFrozenDictionary(entry => new ToolId(entry.Key), entry => entry.Value),
        UnknownOrigins = UnknownOrigins,
        IntentionalPairs = IntentionalPairs,
        Purposes = Purposes.ToFrozenDictionary(StringComparer.Ordinal),
        Rarity = CapabilityRarity.Of(Products, Holders),
        Sources = Sources,
    };

    public override string ToString() => $"image of {Tools.Length} tools";
}

/// <summary>Who has an account where, as the table itself holds it.</summary>
/// <param name="Rows">In pieces, since one is written as a whole.</param>
internal sealed record UsageImage(ImmutableArray<UsageStretch> Stretches, ImmutableArray<string> Users, ImmutableArray<byte[]> Rows)
{
    private const int Piece = 8_192;

    public static UsageImage Of(UsageTable usage) => new(
        [.. usage.Tools.Select(tool => new UsageStretch(tool.Text, usage.StretchOf(tool).From, usage.StretchOf(tool).Until))],
        [.. Enumerable.Range(0, usage.Users).Select(number => usage.User(number).Text)],
        [.. usage.Raw.Chunk(Piece).Select(piece => MemoryMarshal.AsBytes<ulong>(piece).ToArray())]);

    public UsageTable Table() => new(
        Stretches.ToFrozenDictionary(stretch => new ToolId(stretch.Tool), stretch => (stretch.From, stretch.Until)),
        [.. Rows.SelectMany(piece => MemoryMarshal.Cast<byte, ulong>(piece).ToArray())],
        [.. Users.Select(user => new UserId(user))]);

    public override string ToString() => $"image of {Stretches.Length} stretches";
}

internal sealed record UsageStretch(string Tool, int From, int Until);

[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault, IgnoreReadOnlyProperties = true, UseStringEnumConverter = true, Converters = [typeof(IsoDay)])]
[JsonSerializable(typeof(StackImage))]
internal sealed partial class StackImageJson : JsonSerializerContext;
