using NodaTime;
using StackHub.Connecting;
using StackHub.Records;

namespace StackHub.Audit.Inventory;

/// <summary>What is known of how a tool treats personal data.</summary>
/// <param name="ProcessingAgreement">A data processing agreement is signed.</param>
/// <param name="Residency">Where the data lies, such as "EU".</param>
public sealed record ToolPrivacy(bool? ProcessingAgreement, string? Residency)
{
    public static readonly ToolPrivacy Unknown = new(null, null);

    /// <summary>The connector can erase for good; null when there is no connector to ask.</summary>
    public bool? CanErase { get; init; }

    /// <summary>What its connector says of it; null when there is no connector, or it holds nobody.</summary>
    public ErasureClaim? Claim { get; init; }

    public ErasureDrill? Drill { get; init; }
}

/// <summary>What a connector can do to erase a person: of several objects, where it can do the least.</summary>
/// <param name="GoneWithin">The longest until the vendor itself is rid of it; null where it names no time.</param>
/// <param name="Stays">What of the person stays all the same.</param>
public sealed record ErasureClaim(ErasureKind Kind, TimeSpan? GoneWithin, string? Stays)
{
    /// <summary>The claim of what holds people among these; null when nothing does.</summary>
    public static ErasureClaim? Of(IEnumerable<ObjectInfo> objects) => objects
        .Where(type => type.Kind == RecordKind.Person && type.Privacy.Erasure != ErasureKind.None)
        .Select(type => new ErasureClaim(type.Privacy.Erasure, type.Privacy.GoneWithin, type.Privacy.Stays))
        .Aggregate((ErasureClaim?)null, Least);

    public static ErasureClaim? Least(ErasureClaim? one, ErasureClaim? other) => (one, other) switch
    {
        (null, _) => other,
        (_, null) => one,
        _ => (one.Kind <= other.Kind ? one : other) with { GoneWithin = one.GoneWithin is null || other.GoneWithin is null ? one.GoneWithin ?? other.GoneWithin : TimeSpan.FromTicks(Math.Max(one.GoneWithin.Value.Ticks, other.GoneWithin.Value.Ticks)) },
    };
}

/// <summary>The last trial erasure of a synthetic person.</summary>
/// <param name="DaysToGone">Days until it could no longer be found; null when it still can.</param>
public sealed record ErasureDrill(LocalDate Day, bool Passed, int? DaysToGone)
{
    /// <summary>Why it failed, in words without personal data.</summary>
    public string? Reason { get; init; }
}
