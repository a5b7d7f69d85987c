using System.Collections.Immutable;
using StackHub.Records;
using StackHub.Rules;

namespace StackHub.Routing;

/// <summary>A lead that waits for an owner, with all that the decision may ask about. It never prints a value.</summary>
/// <param name="Facts">What the rules' conditions ask about.</param>
public sealed record LeadCase(RecordId Lead, Facts Facts)
{
    /// <summary>Why somebody may not be written to who did not say otherwise.</summary>
    public const string NoConsent = "no_consent";

    /// <summary>Which routing of the lead this is: 1, and one more for every time it is taken away again.</summary>
    public int Attempt { get; init; } = 1;

    /// <summary>Who had it and let it lie: they are not chosen again.</summary>
    public ImmutableArray<OwnerId> Excluded { get; init; } = [];

    /// <summary>Who moved it by hand, and to whom; null where the rules alone decide.</summary>
    public RoutingOrder? Order { get; init; }

    /// <summary>Who gets it because too many let it lie; null while that is not so.</summary>
    public OwnerId? EscalatedTo { get; init; }

    /// <summary>Which account it was matched to, and why, in words without values; null when nobody asked.</summary>
    public string? Match { get; init; }

    /// <summary>Why nobody may write to this person; null when somebody may.</summary>
    public string? Suppression { get; init; }

    /// <summary>Whose lead it is already, being the same person as another one.</summary>
    public OwnerId? DuplicateOwner { get; init; }

    public OwnerId? OpenOpportunityOwner { get; init; }

    public OwnerId? NamedAccountOwner { get; init; }

    public OwnerId? PartnerOwner { get; init; }

    /// <summary>The account is a customer's; <see cref="CustomerOwner"/> may still be unknown.</summary>
    public bool IsCustomer { get; init; }

    public OwnerId? CustomerOwner { get; init; }

    public OwnerId? AccountOwner { get; init; }

    /// <summary>What a sticky pool keeps together: the account, else the company's domain, else the lead itself.</summary>
    public required string Company { get; init; }

    /// <summary>The company's registrable domain; null where none is known.</summary>
    public string? Domain { get; init; }

    public ImmutableHashSet<string> Skills { get; init; } = [];

    public string? Language { get; init; }

    public override string ToString() => $"lead {Lead}, attempt {Attempt}";
}
