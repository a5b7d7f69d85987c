using System.Collections.Immutable;
using StackHub.Configuration;
using StackHub.Identity;
using StackHub.Identity.Matching;
using StackHub.Records;
using StackHub.Rules;
using StackHub.Security;
using StackHub.Storage;
using StackHub.Suppression;
using StackHub.Sync;

namespace StackHub.Routing.Flow;

/// <summary>Gathers all that a decision about a person may ask, from the records as they are now.</summary>
public sealed class LeadFiles(HubModel model, RecordStore records, Redirects redirects, ClaimStore claims, SuppressionList suppression, PersonAccount accounts, ITableStore tables, HubKeys keys)
{
    private const string AccountPrefix = "account.";
    private const string ClosedFlag = "isClosed";
    private const int MostDeals = 100;

    /// <summary>Null for somebody erased, merged away or unknown: they are nobody's lead.</summary>
    public async Task<LeadFile?> OpenAsync(RecordId id, RoutingPlan plan, CancellationToken cancellationToken) =>
        await GlanceAsync(id, plan, cancellationToken) is { } glance ? await CompleteAsync(glance, plan, cancellationToken) : null;

    /// <summary>The person without an account, whose search is what costs most: of most people it is enough to see that they are no lead.</summary>
    public async Task<LeadFile?> GlanceAsync(RecordId id, RoutingPlan plan, CancellationToken cancellationToken)
    {
        if (suppression.Holds(id) || await records.GetAsync(id, cancellationToken) is not { Record: { Kind: RecordKind.Person, MergedInto: null } record })
            return null;
        var view = model.View(record, redirects.Follow);
        return new(record, view, FactsOf(plan, view, null), null, "");
    }

    public async Task<LeadFile> CompleteAsync(LeadFile glance, RoutingPlan plan, CancellationToken cancellationToken)
    {
        var (found, _, match) = await accounts.FindAsync(glance.View.Text, cancellationToken);
        var account = found is null ? null : model.View(found, redirects.Follow);
        return glance with { Facts = FactsOf(plan, glance.View, account), Account = account, Match = match };
    }

    public async Task<LeadCase> CaseAsync(LeadFile file, RoutingPlan plan, int attempt, ImmutableArray<OwnerId> excluded, CancellationToken cancellationToken)
    {
        var (scope, view) = (plan.Scope, file.View);
        var domain = CompanyDomain.Of(file.Account?.Text("domain"), model.Agencies) ?? DomainOf(view);
        var accountOwner = OwnerIn(plan, file.Account);
        return new(file.Record.Id, file.Facts)
        {
            Attempt = attempt,
            Excluded = excluded,
            Match = file.Match,
            EscalatedTo = excluded.Length >= scope.EscalatesAfter ? plan.Owners.GetValueOrDefault(excluded[^1])?.Manager : null,
            Company = file.Account?.Record.Id.ToString() ?? domain ?? file.Record.Id.ToString(),
            Domain = domain,
            Suppression = scope.IsSuppressed(file.Facts) ? LeadCase.NoConsent : null,
            DuplicateOwner = await DuplicateOwnerAsync(plan, file, cancellationToken),
            OpenOpportunityOwner = await DealOwnerAsync(plan, file.Account, cancellationToken),
            NamedAccountOwner = scope.NamedOwner(domain),
            PartnerOwner = scope.PartnerOwner(domain),
            IsCustomer = scope.IsCustomer(file.Facts),
            CustomerOwner = accountOwner,
            AccountOwner = accountOwner,
            Skills = scope.SkillsOf(view.Text),
            Language = scope.LanguageOf(view.Text),
        };
    }

    private static Facts FactsOf(RoutingPlan plan, CanonicalView view, CanonicalView? account) =>
        Facts.Read(plan.Fields, name => name.StartsWith(AccountPrefix, StringComparison.Ordinal) ? account?.Text(name[AccountPrefix.Length..]) : view.Text(name));

    private async Task<CanonicalView?> ViewAsync(RecordId id, CancellationToken cancellationToken) =>
        await records.GetAsync(redirects.Follow(id), cancellationToken) is { Record: { MergedInto: null } record } ? model.View(record, redirects.Follow) : null;

    private string? DomainOf(CanonicalView view) => CompanyDomain.Of(view.Text("email"), model.Agencies) ?? CompanyDomain.Of(view.Text("website"), model.Agencies);

    /// <summary>Whose lead the address is already, where two records have it.</summary>
    private async Task<OwnerId?> DuplicateOwnerAsync(RoutingPlan plan, LeadFile file, CancellationToken cancellationToken)
    {
        if (EmailKey.From(file.View.Text("email")) is not { } email || await claims.OwnerAsync(IdentityKey.Email, email.Text, cancellationToken) is not { } holder)
            return null;
        var id = redirects.Follow(holder);
        return id == file.Record.Id || suppression.Holds(id) ? null : OwnerIn(plan, await ViewAsync(id, cancellationToken));
    }

    /// <summary>Who works on an open opportunity of the account, the oldest first. Open is what the CRM's flag says, where it has one.</summary>
    private async Task<OwnerId?> DealOwnerAsync(RoutingPlan plan, CanonicalView? account, CancellationToken cancellationToken)
    {
        if (account is null || !model.Fields[RecordKind.Opportunity].ContainsKey(ClosedFlag))
            return null;
        var deals = await tables.QueryAsync(Tables.Blocks, TableRange.In(keys.Hash("block", Matcher.DealsOf(account.Record.Id))), MostDeals, null, cancellationToken);
        foreach (var id in deals.Rows.Select(row => redirects.Follow(RecordId.Parse(row.Row))).Distinct().Order())
            if (await ViewAsync(id, cancellationToken) is { Record.Kind: RecordKind.Opportunity } deal && deal.Text(ClosedFlag) == "false" && OwnerIn(plan, deal) is { } owner)
                return owner;
        return null;
    }

    /// <summary>The owner, unless it only keeps what nobody owns.</summary>
    private static OwnerId? OwnerIn(RoutingPlan plan, CanonicalView? view) =>
        view?.Text(DefaultFields.Owner) is { } name && plan.Owners.GetValueOrDefault(new(name)) is { IsQueue: false } owner ? owner.Id : null;
}
