namespace StackHub.Identity;

/// <summary>A candidate with the decision about it; <see cref="IsTied"/> when another candidate is exactly as good, so that the order between them means nothing.</summary>
public sealed record RankedAccount<TId>(TId Id, AccountDecision Decision, bool IsTied);
