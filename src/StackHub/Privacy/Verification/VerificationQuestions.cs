using StackHub.Privacy.Clocks;

namespace StackHub.Privacy.Verification;

/// <summary>What may be asked to find out who somebody is.</summary>
public static class VerificationQuestions
{
    private const int UsualPoints = 2;
    private const int SpecificPoints = 3;

    /// <summary>What is wrong with the questions; empty when they may be asked.</summary>
    /// <param name="disputed">Fields that a rectification says are wrong: asking for them would only ever confirm the mistake (11 CCR 7060(h)).</param>
    /// <param name="asked">Fields to ask for; those under one name count once.</param>
    public static IEnumerable<string> Problems(PrivacyRequestKind kind, IReadOnlyCollection<string> disputed, IReadOnlyCollection<string> asked)
    {
        if (!kind.NeedsVerification() && asked.Count > 0)
            yield return $"A request to {PrivacyRequestKinds.Of(kind)} is carried out without verification: ask nothing.";
        foreach (var field in asked.Where(field => disputed.Contains(field, StringComparer.OrdinalIgnoreCase)))
            yield return $"'{field}' is what the person says is wrong, so it cannot show who they are: ask for another field.";
    }

    /// <summary>How many matching data points a law wants: three for the data itself (with a signed declaration), two otherwise; none without verification.</summary>
    public static int PointsNeeded(Law law, PrivacyRequestKind kind) => (law.Id, kind) switch
    {
        _ when !kind.NeedsVerification() => 0,
        ("us-ca-ccpa", PrivacyRequestKind.Access or PrivacyRequestKind.Portability) => SpecificPoints,
        _ => UsualPoints,
    };
}
