using System.Collections.Immutable;
using System.Text.Json.Serialization;
using StackHub.Lifecycle.Journeys;
using StackHub.Records;

namespace StackHub.Lifecycle.Overrides;

/// <summary>Who said it, why, and when. The reason is words without personal data.</summary>
public sealed record OverrideSignature(string By, string Reason, DateTimeOffset At);

public enum OverrideState
{
    /// <summary>One person asks for it, and another one has to agree.</summary>
    Proposed,
    Approved,
    Rejected,
}

/// <summary>
/// Two people let somebody begin anew before the reason they were ruled out for has expired: one proposes, another approves, and both
/// reasons are kept.
/// </summary>
/// <param name="Id">Derived from the person, the journey and its cycle: it is proposed once at a time.</param>
/// <param name="From">The stage they are in, such as disqualified.</param>
/// <param name="To">The stage that opens the next cycle.</param>
public sealed record StageOverride(string Id, RecordId Person, RecordId? Account, Motion Motion, int Cycle, string From, string To, OverrideState State, OverrideSignature Proposed)
{
    /// <summary>Who approved or rejected it; null while nobody has.</summary>
    public OverrideSignature? Decided { get; init; }

    /// <summary>Proposals of the same that were rejected before, the first one first.</summary>
    public ImmutableArray<OverrideSignature> Before { get; init; } = [];

    public override string ToString() => $"override {Id} ({State})";
}

/// <summary>An override and its stored version.</summary>
public sealed record StoredOverride(StageOverride Override, string ETag);

[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault, UseStringEnumConverter = true)]
[JsonSerializable(typeof(StageOverride))]
internal sealed partial class OverrideJson : JsonSerializerContext;
