namespace StackHub.Identity;

/// <summary>A candidate with the decision about it; tied when another is exactly as good, so that their order means nothing.</summary>
public sealed record RankedAccount<TId>(TId Id, AccountDecision Decision, bool IsTied);
