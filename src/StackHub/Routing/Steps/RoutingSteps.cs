namespace StackHub.Routing.Steps;

/// <summary>The steps in their order, which is the policy; the rules of the configuration come after them.</summary>
public static class RoutingSteps
{
    public static readonly IReadOnlyList<IRoutingStep> All =
    [
        new Suppressed(),
        new Theirs("duplicate", lead => lead.DuplicateOwner),
        new Theirs("open-opportunity", lead => lead.OpenOpportunityOwner),
        new Theirs("named-account", lead => lead.NamedAccountOwner),
        new Theirs("partner-registration", lead => lead.PartnerOwner),
        new Theirs("customer", lead => lead.IsCustomer ? lead.CustomerOwner : null),
        new Theirs("matched-account", lead => lead.AccountOwner),
    ];

    /// <summary>By hand, and by escalation, come before every claim, and never before suppression.</summary>
    private static readonly IReadOnlyList<IRoutingStep> Moved = [All[0], new Theirs("by-hand", lead => lead.Order?.To), new Theirs("escalation", lead => lead.EscalatedTo), .. All.Skip(1)];

    /// <summary>Those that are asked of this lead.</summary>
    public static IReadOnlyList<IRoutingStep> Of(LeadCase lead) => lead is { Order: null, EscalatedTo: null } ? All : Moved;

    private sealed class Suppressed : IRoutingStep
    {
        public string Name => "suppression";

        public StepAnswer? Ask(LeadCase lead) => lead.Suppression is { } reason ? new StepAnswer.Nobodys(reason) : null;
    }

    /// <summary>Somebody has a claim by what they own already.</summary>
    private sealed class Theirs(string name, Func<LeadCase, OwnerId?> ownerOf) : IRoutingStep
    {
        public string Name => name;

        public StepAnswer? Ask(LeadCase lead) => ownerOf(lead) is { } owner ? new StepAnswer.Theirs(owner) : null;
    }
}
