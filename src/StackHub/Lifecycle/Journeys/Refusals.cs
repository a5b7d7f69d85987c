namespace StackHub.Lifecycle.Journeys;

/// <summary>Why an event was kept as a proposal.</summary>
public static class Refusals
{
    public const string UnmappedStage = "unmapped_stage";
    public const string AuthorityDenied = "authority_denied";
    public const string NonAuthoritativeRegression = "non_authoritative_regression";
    public const string Regression = "regression";
    public const string NoEdge = "no_edge";
    public const string TieLost = "tie_lost";
    public const string MissingReason = "missing_reason";
    public const string MissingRevisit = "missing_revisit";
    public const string Suppressed = "suppressed";
    public const string Cooldown = "cooldown";
    public const string NoNewEngagement = "no_new_engagement";
    public const string NotExpired = "not_expired";
    public const string Absorbed = "absorbed";
    public const string OtherDealOpen = "other_opportunity_open";
}
