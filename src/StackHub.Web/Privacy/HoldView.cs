using StackHub.Privacy.Holds;

namespace StackHub.Web.Privacy;

/// <summary>A legal hold; whom it is about is a hash, even here.</summary>
public sealed record HoldView(string Id, string Ground, string PlacedBy, string Scope, DateTimeOffset? EffectiveAt, DateTimeOffset? LiftedAt, string? LiftedBy)
{
    public static HoldView Of(LegalHold hold) => new(hold.Id, hold.Ground, hold.PlacedBy, Words(hold.Scope), hold.EffectiveAt, hold.LiftedAt, hold.LiftedBy);

    public static string Words(HoldScope scope) => scope switch
    {
        { System: null } => "everything",
        { ObjectType: null } => $"{scope.System}",
        { Id: null } => $"{scope.System}/{scope.ObjectType}",
        _ => $"{scope.System}/{scope.ObjectType}/{scope.Id}",
    };
}
