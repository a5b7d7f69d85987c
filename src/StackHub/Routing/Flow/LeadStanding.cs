using StackHub.Configuration;
using StackHub.Flows;
using StackHub.Records;
using StackHub.Routing.Ledger;
using StackHub.Sync;

namespace StackHub.Routing.Flow;

/// <summary>How a person stands as a lead, as far as what happens next depends on it.</summary>
/// <param name="Owner">Who owns them, by name or a vendor's id; null when nobody does.</param>
/// <param name="OwnerIsQueue">The owner only keeps what nobody owns.</param>
/// <param name="OwnerSince">When that was said.</param>
public sealed record LeadStanding(bool IsRoutable, bool IsClosed, bool IsSuppressed, string? Owner, bool OwnerIsQueue, DateTimeOffset? OwnerSince)
{
    /// <summary>What the hub itself last said, and when.</summary>
    public Observation? Said { get; init; }

    /// <summary>Since when a promise to them is broken for which the lead is taken from its owner; null when none is.</summary>
    public DateTimeOffset? BreachSince { get; init; }

    /// <summary>The values the hub wrote into tools, and when.</summary>
    public IReadOnlyList<(string? Owner, DateTimeOffset At)> Written { get; init; } = [];

    /// <summary>Somebody works on it.</summary>
    public bool IsOwned => Owner is not null && !OwnerIsQueue;

    /// <summary>The decision became a value of the record.</summary>
    public bool IsSaid(LedgerEntry entry) => Said is { } said && said.Value.Text == entry.Owner && said.At >= Merging.Truncated(entry.Trace.At);

    /// <summary>When the decision's owner first was in a tool; null when none has stored it.</summary>
    public DateTimeOffset? WrittenAt(LedgerEntry entry)
    {
        DateTimeOffset? first = null;
        foreach (var (owner, at) in Written)
            if (owner == entry.Owner && at >= Merging.Truncated(entry.Trace.At) && (first is null || at < first))
                first = at;
        return first;
    }

    public static LeadStanding Of(RoutingPlan plan, LeadFile file)
    {
        var decision = file.View.Decide(DefaultFields.Owner);
        var owner = decision?.Value.Text;
        return new(plan.Scope.IsRoutable(file.Facts), plan.Scope.IsClosed(file.Facts), plan.Scope.IsSuppressed(file.Facts), owner,
            owner is not null && plan.Owners.GetValueOrDefault(new(owner)) is { IsQueue: true }, decision?.Source.At)
        {
            BreachSince = plan.Scope.ReroutesBreached && file.View.Decide(RoutingScope.Breach) is { Value.IsBlank: false } breach ? breach.Source.At : null,
            Said = file.Record.Link(HubAuthor.Of(file.Record.Id, file.Record.Kind))?.Cell(DefaultFields.Owner).State.Claim,
            Written = [.. file.Record.Links.SelectMany(link => link.Cell(DefaultFields.Owner).Written).Where(write => !write.Unanswered).Select(write => (write.Value.Text, write.At))],
        };
    }
}
