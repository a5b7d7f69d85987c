namespace StackHub.Privacy.Metrics;

/// <summary>How a request was answered, as the law counts it.</summary>
public enum RequestAnswer
{
    /// <summary>In whole or in part.</summary>
    CompliedWith,
    Denied,
}

/// <summary>One request as statistics and record keeping see it: no person in it.</summary>
/// <param name="Manner">How it came, such as "form", "api" or "opendsr".</param>
/// <param name="Received">The local day.</param>
/// <param name="Answered">The local day of the substantive answer; null while there is none.</param>
/// <param name="DenialGround">Why it was denied in whole or in part; null when it was not.</param>
public sealed record RequestOutcome(string Request, PrivacyRequestKind Kind, string Manner, DateOnly Received, DateOnly? Answered, RequestAnswer? Answer, string? DenialGround);
