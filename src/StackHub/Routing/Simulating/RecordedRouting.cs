using System.Collections.Immutable;
using StackHub.Records;
using StackHub.Routing.Ledger;
using StackHub.Rules;

namespace StackHub.Routing.Simulating;

/// <summary>One routing of one lead as it happened, and what it was decided from.</summary>
/// <param name="At">When the lead came.</param>
public sealed record RecordedRouting(RecordId Lead, int Attempt, DateTimeOffset At)
{
    /// <summary>Null for somebody erased, for one of before inputs were kept, and where a person named the owner: it is not decided again, and stays as it was.</summary>
    public RoutingInputs? Inputs { get; init; }

    /// <summary>Fields that nobody asked about then, as they are now.</summary>
    public ImmutableSortedDictionary<string, string?> Present { get; init; } = ImmutableSortedDictionary<string, string?>.Empty;

    public LedgerState State { get; init; }

    public OwnerId? Owner { get; init; }

    public string? Step { get; init; }

    /// <summary>The pool whose turn it was.</summary>
    public string? Pool { get; init; }

    public string? Reason { get; init; }

    /// <summary>When the decision was made: later than the lead came where it had to wait.</summary>
    public DateTimeOffset DecidedAt { get; init; }

    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>Who had let it lie.</summary>
    public ImmutableArray<OwnerId> Excluded { get; init; } = [];

    /// <summary>When somebody first spoke to the person, or took the lead, since it came; null when nobody did, or nobody knows.</summary>
    public DateTimeOffset? TouchedAt { get; init; }

    public static RecordedRouting Of(RecordedEntry recorded) => new(recorded.Entry.Lead, recorded.Entry.Attempt, recorded.Inputs?.At ?? recorded.Entry.Trace.At)
    {
        Inputs = recorded.Entry.Order?.To is null ? recorded.Inputs : null,
        State = recorded.Entry.State,
        Owner = recorded.Entry.Owner is { } owner ? new(owner) : null,
        Step = recorded.Entry.Step,
        Pool = recorded.Entry.Owner is null ? null : recorded.Entry.Pool,
        Reason = recorded.Entry.Reason,
        DecidedAt = recorded.Entry.Trace.At,
        EndedAt = recorded.Entry.EndedAt,
        Excluded = [.. (recorded.Entry.Excluded ?? []).Select(owner => new OwnerId(owner))],
    };

    /// <summary>The lead as a rule set would have been asked about it then.</summary>
    /// <param name="excluded">Who had let it lie, as the replay has it.</param>
    public LeadCase Case(RoutingPlan plan, ImmutableArray<OwnerId> excluded)
    {
        var inputs = Inputs!;
        var facts = Facts.Read(plan.Fields, ValueOf);
        return new(Lead, facts)
        {
            Attempt = Attempt,
            Excluded = excluded,
            Match = inputs.Match,
            Company = inputs.Company,
            Domain = inputs.Domain,
            Suppression = plan.Scope.IsSuppressed(facts) ? LeadCase.NoConsent : null,
            DuplicateOwner = Named(inputs.DuplicateOwner),
            OpenOpportunityOwner = Named(inputs.OpenOpportunityOwner),
            NamedAccountOwner = plan.Scope.NamedOwner(inputs.Domain),
            PartnerOwner = plan.Scope.PartnerOwner(inputs.Domain),
            IsCustomer = plan.Scope.IsCustomer(facts),
            CustomerOwner = Named(inputs.CustomerOwner),
            AccountOwner = Named(inputs.AccountOwner),
            Skills = plan.Scope.SkillsOf(ValueOf),
            Language = plan.Scope.LanguageOf(ValueOf),
        };
    }

    public override string ToString() => $"routing {Attempt} of {Lead}";

    private string? ValueOf(string field) => Inputs!.Facts.TryGetValue(field, out var then) ? then : Present.GetValueOrDefault(field);

    private static OwnerId? Named(string? owner) => owner is null ? null : new(owner);
}
