using System.Globalization;
using StackHub.Cli.Demo;
using StackHub.Records;
using StackHub.Routing;
using StackHub.Routing.Ledger;
using StackHub.Sandbox.Vendors.Salesforce;

namespace StackHub.Cli.Checking;

/// <summary>A lead as the CRM has it, with the decision that put it there.</summary>
/// <param name="Lead">The hub's record; the CRM's own id stands in <paramref name="Crm"/>.</param>
/// <param name="Stage">As the CRM says it.</param>
/// <param name="Owner">The name of whose id the CRM has.</param>
/// <param name="Rule">The rule or step that decided.</param>
/// <param name="Why">Where the console shows the decision.</param>
public sealed record CheckedLead(string Lead, string From, string? Crm, string? Stage, string? Owner, string? Rule, string? Pool, Uri Why);

/// <summary>How many of a pool's leads a member has, and the share that their weight gives.</summary>
public sealed record CheckedShare(string Pool, string Owner, int Leads, double Due);

/// <summary>What the CRM says of the leads; problems name ids, never values.</summary>
public sealed record CheckedLeads(IReadOnlyList<CheckedLead> Leads, IReadOnlyList<CheckedShare> Shares, IReadOnlyList<string> Problems)
{
    public bool Passed => Problems.Count == 0;
}

/// <summary>
/// The independent check of the leads: the CRM is asked for them by address, over HTTP and without the hub's connector. Each is there once,
/// with the id of the owner that was decided and the stage; and each pool has given its members what their weights say.
/// </summary>
public sealed class LeadCheck(DemoHub hub, RoutingPlan plan, SalesforceSandbox sandbox)
{
    private const string Qualified = "mql";
    private static readonly SystemId Crm = new("salesforce");
    private readonly Dictionary<string, string> owners = plan.Owners.Values.Where(owner => owner.Ids.ContainsKey(Crm)).ToDictionary(owner => owner.Ids[Crm], owner => owner.Id.Name);

    public async Task<CheckedLeads> RunAsync(IReadOnlyList<ArrivedLead> arrived, CancellationToken cancellationToken)
    {
        var there = (await new RawSalesforce(sandbox).PeopleAsync([.. arrived.Select(one => one.Lead.Address)], cancellationToken)).ToLookup(record => record.Fields.GetValueOrDefault("Email") ?? "", StringComparer.OrdinalIgnoreCase);
        var problems = new List<string>();
        var leads = new List<CheckedLead>();
        foreach (var one in arrived)
            leads.Add(await CheckAsync(one, [.. there[one.Lead.Address]], problems, cancellationToken));
        var shares = Shares(leads).ToArray();
        problems.AddRange(shares.Where(share => Math.Abs(share.Leads - share.Due) >= 1).Select(share => string.Create(CultureInfo.InvariantCulture, $"{share.Owner} has {share.Leads} leads of pool {share.Pool} instead of {share.Due:0.#}")));
        return new(leads, shares, problems);
    }

    private async Task<CheckedLead> CheckAsync(ArrivedLead arrived, RawRecord[] there, List<string> problems, CancellationToken cancellationToken)
    {
        var routings = arrived.Record is { } id ? await hub.Get<RoutingLedger>().OfAsync(id, cancellationToken) : [];
        var decided = routings.Count == 0 ? null : routings[^1];
        var name = arrived.Record?.ToString() ?? arrived.Lead.ToString();
        if (routings.Count != 1)
            problems.Add($"{name} was routed {routings.Count} times");
        if (there.Length != 1)
            problems.Add($"{name} is {there.Length} times in Salesforce");
        var (stage, owner) = (there.FirstOrDefault()?.Fields.GetValueOrDefault("Lifecycle_Stage__c"), there.FirstOrDefault()?.Fields.GetValueOrDefault("OwnerId"));
        if (stage != Qualified)
            problems.Add($"{name} is at stage '{stage}' in Salesforce");
        if (decided?.Owner is not { } chosen || owner != plan.Owners[new(chosen)].Ids[Crm])
            problems.Add($"{name} has owner {owner} in Salesforce instead of {decided?.Owner}");
        if (decided is not null && decided.Pool != arrived.Lead.Pool)
            problems.Add($"{name} was given by pool {decided.Pool ?? "none"} instead of {arrived.Lead.Pool ?? "none"}");
        return new(name, arrived.Lead.Tool, there.FirstOrDefault()?.ToString(), stage, owner is null ? null : owners.GetValueOrDefault(owner, owner), decided?.Step, decided?.Pool, new(hub.Address, $"console/records/{name}#routing"));
    }

    /// <summary>By what the CRM says, not by what the pool remembers.</summary>
    private IEnumerable<CheckedShare> Shares(IReadOnlyCollection<CheckedLead> leads) =>
        from pool in plan.Pools.Values
        let given = leads.Where(lead => lead.Pool == pool.Name).ToArray()
        from member in pool.Members
        select new CheckedShare(pool.Name, member.Owner.Name, given.Count(lead => lead.Owner == member.Owner.Name), (double)given.Length * member.Weight / pool.Members.Sum(each => each.Weight));
}
