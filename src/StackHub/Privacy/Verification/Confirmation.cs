namespace StackHub.Privacy.Verification;

/// <summary>What somebody presented, compared already in constant time.</summary>
/// <param name="IsPost">Only a POST confirms: mail scanners and previews follow links.</param>
/// <param name="IsTyped">A code, which can be guessed: wrong ones are counted. A link cannot, and goes on working when somebody else guessed too often.</param>
/// <param name="BelongsToRequest">The link's token was made for this request; true for a typed code, which is only ever compared with this request's own.</param>
public readonly record struct Attempt(bool IsPost, bool IsTyped, bool BelongsToRequest, bool Matches);

/// <summary>How an attempt to confirm ended.</summary>
public abstract record Confirmation
{
    private Confirmation()
    {
    }

    /// <summary>Whoever asks has the address. <paramref name="After"/> is to be saved.</summary>
    public sealed record Confirmed(Challenge After) : Confirmation;

    /// <summary>Nothing was decided: show the form.</summary>
    public sealed record FormOnly : Confirmation;

    /// <summary>It was used before: nothing changes (409).</summary>
    public sealed record UsedBefore : Confirmation;

    /// <summary>The token was made for another request (403).</summary>
    public sealed record OtherRequest : Confirmation;

    /// <summary>Wrong; <paramref name="After"/> is to be saved.</summary>
    public sealed record Wrong(Challenge After) : Confirmation;

    /// <summary>Too many wrong codes: only a new one helps.</summary>
    public sealed record Locked : Confirmation;

    public sealed record Expired : Confirmation;

    /// <summary>Nothing was sent for this request.</summary>
    public sealed record NothingSent : Confirmation;
}

/// <summary>Decides on attempts; pure.</summary>
public static class Confirm
{
    public static Confirmation Decide(Challenge? challenge, Attempt attempt, DateTimeOffset now) => (challenge, attempt) switch
    {
        (_, { IsPost: false }) => new Confirmation.FormOnly(),
        (_, { BelongsToRequest: false }) => new Confirmation.OtherRequest(),
        (null, _) => new Confirmation.NothingSent(),
        ({ Tries: >= VerificationRules.Tries }, { IsTyped: true }) => new Confirmation.Locked(),
        ({ ConfirmedAt: not null }, { Matches: true }) => new Confirmation.UsedBefore(),
        ({ ConfirmedAt: not null }, _) => new Confirmation.Expired(),
        (_, _) when now >= challenge.ExpiresAt => new Confirmation.Expired(),
        (_, { Matches: true }) => new Confirmation.Confirmed(challenge with { ConfirmedAt = now }),
        (_, { IsTyped: true }) => new Confirmation.Wrong(challenge with { Tries = challenge.Tries + 1 }),
        _ => new Confirmation.Expired(), // the link of a code that was replaced
    };
}
