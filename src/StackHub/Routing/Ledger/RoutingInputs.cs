using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using StackHub.Storage;

namespace StackHub.Routing.Ledger;

/// <summary>
/// What a routing was decided from, kept so that it can be decided again under other rules: the fields that the rules asked about, and who
/// had a claim. It is the person's own, so it is kept with the lead and not with the decision, and goes when they are erased.
/// </summary>
/// <param name="At">When the lead came.</param>
/// <param name="Facts">By field; null where nothing was known. A field that is missing was not asked about.</param>
public sealed record RoutingInputs(DateTimeOffset At, ImmutableSortedDictionary<string, string?> Facts, string Company)
{
    public string? Domain { get; init; }

    public string? DuplicateOwner { get; init; }

    public string? OpenOpportunityOwner { get; init; }

    public string? CustomerOwner { get; init; }

    public string? AccountOwner { get; init; }

    public string? Match { get; init; }

    public static RoutingInputs Of(LeadCase lead, RoutingPlan plan, DateTimeOffset at) => new(at, plan.Asked.ToImmutableSortedDictionary(field => field, field => lead.Facts.Text(plan.Fields.PlaceOf(field)), StringComparer.Ordinal), lead.Company)
    {
        Domain = lead.Domain,
        DuplicateOwner = lead.DuplicateOwner?.Name,
        OpenOpportunityOwner = lead.OpenOpportunityOwner?.Name,
        CustomerOwner = lead.CustomerOwner?.Name,
        AccountOwner = lead.AccountOwner?.Name,
        Match = lead.Match,
    };

    public override string ToString() => $"inputs of {Facts.Count} facts";

    /// <summary>Null where they are longer than a row keeps of them: then the lead cannot be replayed, and is routed all the same.</summary>
    internal byte[]? Bytes() => JsonSerializer.SerializeToUtf8Bytes(this, InputsJson.Default.RoutingInputs) is { Length: <= TableLimits.MaxBinaryBytes } bytes ? bytes : null;

    internal static RoutingInputs Read(byte[] bytes) => JsonSerializer.Deserialize(bytes, InputsJson.Default.RoutingInputs)!;
}

[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(RoutingInputs))]
internal sealed partial class InputsJson : JsonSerializerContext;
