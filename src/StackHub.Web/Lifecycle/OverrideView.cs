using StackHub.Lifecycle.Overrides;
using StackHub.Records;

namespace StackHub.Web.Lifecycle;

/// <summary>Who said it, why and when.</summary>
public sealed record SignatureView(string By, string Reason, DateTimeOffset At)
{
    public static SignatureView Of(OverrideSignature signature) => new(signature.By, signature.Reason, signature.At);
}

/// <summary>Somebody who was ruled out and is to begin anew, as two people say.</summary>
/// <param name="State">Proposed, Approved or Rejected.</param>
public sealed record OverrideView(string Id, RecordId Person, string Motion, int Cycle, string From, string To, string State, SignatureView Proposed)
{
    public SignatureView? Decided { get; init; }

    /// <summary>What was said of it before, when it was rejected.</summary>
    public required IReadOnlyList<SignatureView> Before { get; init; }

    public static OverrideView Of(StageOverride one) => new(one.Id, one.Person, one.Motion.ToString(), one.Cycle, one.From, one.To, one.State.ToString(), SignatureView.Of(one.Proposed))
    {
        Decided = one.Decided is { } decided ? SignatureView.Of(decided) : null,
        Before = [.. one.Before.Select(SignatureView.Of)],
    };
}

/// <summary>One person asks for an override.</summary>
/// <param name="Reason">Words without personal data, since they stay.</param>
/// <param name="Motion">Needed where several journeys of the person are ruled out.</param>
public sealed record ProposeOverride(string? Reason, string? Motion);
