namespace StackHub.Routing;

/// <summary>A person moves a lead by hand: to somebody they name, or to whoever is next by the rules.</summary>
/// <param name="By">Who said so: a key, a person's id at the platform, or a name at the command line.</param>
/// <param name="Reason">Why, in words without personal data: they stay in the ledger.</param>
/// <param name="To">Null for whoever is next.</param>
public sealed record RoutingOrder(string By, string Reason, OwnerId? To)
{
    /// <summary>How a routing ends that a person ended.</summary>
    public const string ByHand = "by_hand";
}
