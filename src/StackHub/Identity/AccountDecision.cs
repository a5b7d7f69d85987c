namespace StackHub.Identity;

/// <summary>What to do about a pair of accounts, with the reason in words and the evidence.</summary>
public abstract record AccountDecision
{
    private AccountDecision(string reason, AccountEvidence evidence) => (Reason, Evidence) = (reason, evidence);

    /// <summary>Why this and no other decision.</summary>
    public string Reason { get; }

    /// <summary>What the decision rests on.</summary>
    public AccountEvidence Evidence { get; }

    /// <summary>They are one account.</summary>
    public sealed record Same(string Reason, AccountEvidence Evidence) : AccountDecision(Reason, Evidence);

    /// <summary>They may be one account: somebody should look.</summary>
    public sealed record Review(string Reason, AccountEvidence Evidence) : AccountDecision(Reason, Evidence);

    /// <summary>They are two accounts.</summary>
    public sealed record Distinct(string Reason, AccountEvidence Evidence) : AccountDecision(Reason, Evidence);
}
