using StackHub.Permissions;

namespace StackHub.Privacy.Consent;

/// <summary>What somebody says, as a form, an officer or another company's system hands it in.</summary>
/// <param name="Purpose">The name of a configured purpose.</param>
public sealed record ConsentStatement(string Purpose, bool IsOptIn, ConsentBasis Basis, DateTimeOffset At)
{
    /// <summary>The person's own word unless a system speaks.</summary>
    public string Source { get; init; } = ConsentMark.Person;

    /// <summary>Null for the purpose's own.</summary>
    public string? Channel { get; init; }

    public string? Proof { get; init; }

    public override string ToString() => $"{(IsOptIn ? "opt-in to" : "opt-out of")} {Purpose}";
}

/// <summary>Whose word it is; any of them, or several: a browser that is signed in is both.</summary>
public sealed record ConsentSpeaker
{
    public Records.RecordId? Person { get; init; }

    public string? Email { get; init; }

    public string? Browser { get; init; }

    public override string ToString() => "[speaker]";
}

/// <summary>What became of a statement.</summary>
public abstract record ConsentAnswer
{
    private ConsentAnswer()
    {
    }

    /// <param name="New">Events that were not known yet.</param>
    public sealed record Recorded(int New) : ConsentAnswer;

    /// <summary>In words without values.</summary>
    public sealed record Refused(string Reason) : ConsentAnswer;
}
