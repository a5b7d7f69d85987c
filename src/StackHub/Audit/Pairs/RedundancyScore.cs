namespace StackHub.Audit.Pairs;

/// <summary>
/// R = 0.40 capabilities + 0.25 records + 0.15 fields + 0.20 users, over what could be measured: a tool the hub cannot see into is not
/// thereby less of a duplicate. How much was measured is said beside it, and one kind of evidence alone makes no duplicate.
/// </summary>
public static class RedundancyScore
{
    public const double Capabilities = 0.40;
    public const double Records = 0.25;
    public const double Fields = 0.15;
    public const double Users = 0.20;

    /// <summary>The least weight a verdict needs, and the least that a "duplicate" needs.</summary>
    private const double ForReview = 0.40;
    private const double ForDuplicate = 0.60;
    private const double Rounding = 1e-9;

    public static (double Redundancy, double Measured) Of(double? capabilities, double? records, double? fields, double? users)
    {
        var measured = Weight(capabilities, Capabilities) + Weight(records, Records) + Weight(fields, Fields) + Weight(users, Users);
        var sum = (Capabilities * (capabilities ?? 0)) + (Records * (records ?? 0)) + (Fields * (fields ?? 0)) + (Users * (users ?? 0));
        return (measured > 0 ? sum / measured : 0, measured);
    }

    /// <param name="assumed">What either tool is used for is only what its catalogue entry says.</param>
    public static PairVerdict Verdict(double redundancy, double measured, bool assumed, AuditSettings settings) =>
        !assumed && redundancy + Rounding >= settings.DuplicateFrom && measured + Rounding >= ForDuplicate ? PairVerdict.Duplicate
        : redundancy + Rounding >= settings.ReviewFrom && measured + Rounding >= ForReview ? PairVerdict.Review
        : PairVerdict.Distinct;

    private static double Weight(double? measure, double weight) => measure is null ? 0 : weight;
}
