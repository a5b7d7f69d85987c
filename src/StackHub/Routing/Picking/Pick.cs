using System.Collections.Immutable;
using StackHub.Routing.Pools;

namespace StackHub.Routing.Picking;

/// <summary>Somebody who was not chosen, and the first check they failed.</summary>
public sealed record Rejection(OwnerId Owner, string Check);

/// <summary>A pool's choice.</summary>
/// <param name="Owner">Null when nobody can be chosen.</param>
/// <param name="State">The pool's memory afterwards.</param>
/// <param name="Why">In words, without anybody's data.</param>
public sealed record Pick(OwnerId? Owner, PoolState State, ImmutableArray<Rejection> Rejected, string Why);

/// <summary>What of a lead a pool's choice depends on.</summary>
/// <param name="Key">The lead's own key.</param>
/// <param name="Company">What sticky pools keep together; the lead's own key where it has no company.</param>
public sealed record PickRequest(string Key, string Company, ImmutableHashSet<string> Skills, string? Language)
{
    /// <summary>Members who had it already.</summary>
    public ImmutableArray<OwnerId> Excluded { get; init; } = [];
}
