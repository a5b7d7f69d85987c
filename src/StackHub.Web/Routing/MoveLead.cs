namespace StackHub.Web.Routing;

/// <summary>A lead moved by hand.</summary>
/// <param name="Reason">Why; words without personal data, since they stay in the ledger.</param>
/// <param name="Owner">Who is to have it; absent for whoever is next by the rules.</param>
/// <param name="Attempt">The number of the routing that was looked at last: if there is a later one, nothing is done.</param>
public sealed record MoveLead(string? Reason, string? Owner, int? Attempt);
