using System.Collections.Immutable;
using StackHub.Lifecycle.Journeys;
using StackHub.Records;

namespace StackHub.Lifecycle.Sources;

/// <summary>
/// All that is known of one person: of somebody who was merged into another one as well, so that a merge mixes nothing up and its undoing
/// has nothing to sort out.
/// </summary>
/// <param name="Record">With this person's own links only.</param>
/// <param name="Deals">Opportunities they have, or had, a role in.</param>
/// <param name="Stored">Every revision in their ledger.</param>
public sealed record PersonFile(RecordId Person, HubRecord Record, HubRecord? Account, ImmutableArray<HubRecord> Deals, ImmutableArray<LifecycleEvent> Stored)
{
    public override string ToString() => $"file of {Person} ({Stored.Length} revisions)";
}
