using StackHub.Records;
using StackHub.Rules;
using StackHub.Sync;

namespace StackHub.Routing.Flow;

/// <summary>A person's record with what rules may ask of it, its account included.</summary>
/// <param name="Account">Null when none is certain.</param>
/// <param name="Match">How the account was found, in words without values.</param>
public sealed record LeadFile(HubRecord Record, CanonicalView View, Facts Facts, CanonicalView? Account, string Match)
{
    public override string ToString() => $"file of {Record.Id}";
}
