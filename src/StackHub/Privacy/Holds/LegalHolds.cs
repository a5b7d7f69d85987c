using StackHub.Configuration;
using StackHub.Records;
using StackHub.Security;

namespace StackHub.Privacy.Holds;

/// <summary>Places and lifts holds by whatever a person is known by.</summary>
public sealed class LegalHolds(HoldStore holds, HubModel model, HubKeys keys, TimeProvider time)
{
    /// <param name="key">The same for the same order, sent again.</param>
    public Task<LegalHold> PlaceAsync(string key, SubjectClaims who, HoldScope scope, string ground, string by, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(ground);
        var id = RequestId.Of(keys, $"hold\n{by}\n{key}").ToString();
        return holds.PlaceAsync(new(id, [.. who.Aliases(model.PhoneRegion).Select(alias => alias.Hash(keys))], ground, by) { Scope = scope }, cancellationToken);
    }

    public Task<LegalHold?> LiftAsync(string id, string by, CancellationToken cancellationToken) => holds.LiftAsync(id, by, cancellationToken);

    public Task<bool> ExemptAsync(RequestId request, ExternalRef item, string ground, DateTimeOffset until, string by, CancellationToken cancellationToken) =>
        until <= time.GetUtcNow() ? Task.FromResult(false) : holds.ExemptAsync(request, new(new(item.System, item.ObjectType, item.Id), ground, until, by), cancellationToken);
}
