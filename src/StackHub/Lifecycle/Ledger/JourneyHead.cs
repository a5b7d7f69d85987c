using System.Collections.Immutable;
using System.Text.Json.Serialization;
using StackHub.Identity.Matching;
using StackHub.Lifecycle.Journeys;
using StackHub.Lifecycle.Service;
using StackHub.Records;

namespace StackHub.Lifecycle.Ledger;

/// <summary>Where a person is, of all journeys the one that tells: the newest with the first product.</summary>
/// <param name="HasRole">In an opportunity, open or won.</param>
public sealed record Standing(string Stage, string HighWater, DateTimeOffset Since, RecordId? Account, bool HasRole)
{
    /// <summary>How the account is known.</summary>
    public AccountSource AccountSource { get; init; }
}

/// <summary>What follows from a person's ledger, as it was last decided.</summary>
/// <param name="Version">Rises by one with each save.</param>
/// <param name="Digest">Of all revisions it rests on, so that two workers with different news never think they agree.</param>
/// <param name="Fields">What the hub says of the person, by canonical field.</param>
/// <param name="DecidedAt">When the fields last became what they are; later than any time before, so that the newest decision wins.</param>
public sealed record JourneyHead(long Version, string Digest, ImmutableArray<Journey> Journeys, Standing? Standing, ImmutableSortedDictionary<string, string?> Fields, DateTimeOffset DecidedAt)
{
    public static readonly JourneyHead None = new(0, "", [], null, ImmutableSortedDictionary<string, string?>.Empty, DateTimeOffset.UnixEpoch);

    public ImmutableArray<SlaClock> Clocks { get; init; } = [];

    /// <summary>Words of systems that mean no stage yet: "system|word".</summary>
    public ImmutableArray<string> Unmapped { get; init; } = [];

    /// <summary>The person was erased: nothing is followed any more.</summary>
    public bool IsErased { get; init; }

    [JsonIgnore]
    public int BlockedRegressions => Journeys.Sum(journey => journey.BlockedRegressions);

    public override string ToString() => $"journeys ({Journeys.Length}) version {Version}";
}

/// <summary>A head and its stored version; null where there is none.</summary>
public sealed record StoredHead(JourneyHead Head, string? ETag);

[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault, UseStringEnumConverter = true)]
[JsonSerializable(typeof(JourneyHead))]
[JsonSerializable(typeof(LifecycleEvent))]
internal sealed partial class LifecycleJson : JsonSerializerContext;
