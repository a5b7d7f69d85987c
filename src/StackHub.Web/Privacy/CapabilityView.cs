using StackHub.Configuration;
using StackHub.Connecting;
using StackHub.Records;

namespace StackHub.Web.Privacy;

/// <summary>What a system can honestly do for a person in one of its object types, before anybody is promised anything.</summary>
/// <param name="Erasure">delete, soft-delete, mask, manual or none.</param>
/// <param name="Async">It is asked for now and done later.</param>
/// <param name="ConfirmedBy">What confirms it; absent where nothing is erased.</param>
/// <param name="GoneWithinHours">The longest until the vendor itself is rid of it; absent where the vendor names no time.</param>
/// <param name="Source">Where that is said.</param>
/// <param name="TakesAlong">What else goes with it.</param>
/// <param name="Stays">What of the person stays there all the same.</param>
/// <param name="NotCovered">What of the person there an access package leaves out.</param>
public sealed record CapabilityView(SystemId System, string Vendor, string ObjectType, string Erasure, bool Async, string? ConfirmedBy, double? GoneWithinHours, string? Source, string? TakesAlong, string? Stays, bool Access, string? NotCovered, bool Rectification, bool Consent)
{
    public static IEnumerable<CapabilityView> Of(HubModel model) =>
        from id in model.Order
        let connector = model.Systems[id].Connector
        from type in connector.Objects
        select Of(id, connector, type);

    private static CapabilityView Of(SystemId system, ConnectorInfo connector, ObjectInfo type) => new(
        system, connector.DisplayName, type.ObjectType, PrivacyWords.Of(type.Privacy.Erasure), type.Privacy.IsAsync,
        type.Privacy.ConfirmedBy is { } by ? PrivacyWords.Of(by) : null, type.Privacy.GoneWithin?.TotalHours, type.Privacy.Source,
        type.Privacy.TakesAlong, type.Privacy.Stays, type.Privacy.Access, type.Privacy.NotCovered, type.Privacy.Rectification, type.Privacy.Consent);
}
