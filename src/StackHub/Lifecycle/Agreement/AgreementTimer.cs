using StackHub.Configuration;
using StackHub.Flows;
using StackHub.Identity;
using StackHub.Lifecycle.Accounts;
using StackHub.Lifecycle.Findings;
using StackHub.Lifecycle.Ledger;
using StackHub.Lifecycle.Options;
using StackHub.Records;
using StackHub.Storage;
using StackHub.Suppression;
using StackHub.Triggers;

namespace StackHub.Lifecycle.Agreement;

/// <summary>
/// Once a night: compares every system's stages with the hub's, keeps the share that agrees, the options of stage fields that mean nothing
/// here, and what changes with time alone: accounts whose qualification has grown old, people whose account came to be known since, and
/// people who were erased without a message.
/// </summary>
public sealed class AgreementTimer(HubModel model, RecordStore records, LifecycleLedger ledger, AgreementStore agreements, LifecycleFindings findings, AccountBoard accounts, StageOptionReader options, OptionStore optionStore, Redirects redirects, SuppressionList suppression, IMessageQueue queue, TimeProvider time) : ITimerHandler
{
    private const int PageSize = 500;

    public string Name => TriggerTable.Agreement.Name;

    public TimeSpan Every => TriggerTable.Agreement.Every;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        if (model.Lifecycle is not { } plan)
            return;
        await redirects.EnsureFreshAsync(cancellationToken);
        await suppression.EnsureFreshAsync(cancellationToken);
        var counts = model.Order.Where(system => plan.Speakers.GetValueOrDefault(system)?.ProjectedField is not null).ToDictionary(system => system, system => new SystemAgreement(system, time.GetUtcNow(), 0, 0, 0));
        string? next = null;
        do
        {
            (var page, next) = await records.ScanAsync(next, PageSize, cancellationToken);
            foreach (var record in page.Where(record => record.MergedInto is null))
                await LookAtAsync(plan, record, counts, cancellationToken);
            await PlaceAsync(page, cancellationToken);
        }
        while (next is not null);
        foreach (var agreement in counts.Values)
            await agreements.SaveAsync(agreement, cancellationToken);
        await KeepOptionsAsync(cancellationToken);
        await AbsorbAsync(cancellationToken);
    }

    /// <summary>People of whom no tool says the account are matched again: an account may be known by now.</summary>
    private async Task PlaceAsync(IReadOnlyList<HubRecord> page, CancellationToken cancellationToken)
    {
        string[] ids =
        [
            .. page.Where(record => record is { Kind: RecordKind.Person, MergedInto: null })
                .Where(record => model.View(record, redirects.Follow) is var view && view.Text("account") is null && (view.Text("company") ?? view.Text("email") ?? view.Text("website")) is not null)
                .Select(record => record.Id.ToString()),
        ];
        if (ids.Length > 0)
            await queue.SendAsync(Queues.Lifecycle, FlowSignals.Body(ids, null), TimeSpan.Zero, cancellationToken);
    }

    /// <summary>A system that is away keeps what was known of it.</summary>
    private async Task KeepOptionsAsync(CancellationToken cancellationToken)
    {
        var away = new List<SystemId>();
        var known = (await options.ReadAsync(away, cancellationToken)).ToLookup(option => option.System);
        foreach (var system in model.Lifecycle!.Speakers.Keys.Except(away).Order())
            await optionStore.SaveAsync(system, known[system].Where(option => option.IsUnmapped).Select(option => option.Option), cancellationToken);
    }

    private async Task LookAtAsync(LifecyclePlan plan, HubRecord record, Dictionary<SystemId, SystemAgreement> counts, CancellationToken cancellationToken)
    {
        if (record.Kind == RecordKind.Account)
            await accounts.DecideAsync(record.Id, cancellationToken);
        if (record.Kind != RecordKind.Person)
            return;
        var view = model.View(record, redirects.Follow);
        foreach (var link in record.Links.Where(link => counts.ContainsKey(link.Ref.System)))
        {
            var verdict = StageAgreement.Of(plan, model.Systems[link.Ref.System], link, view);
            if (verdict == StageVerdict.NotCompared)
                continue;
            var count = counts[link.Ref.System];
            counts[link.Ref.System] = count with
            {
                People = count.People + 1,
                Agreeing = count.Agreeing + (verdict == StageVerdict.Agrees ? 1 : 0),
                Rejected = count.Rejected + (verdict == StageVerdict.Rejected ? 1 : 0),
            };
            await FindAsync(record.Id, link.Ref.System, verdict, cancellationToken);
        }
    }

    private Task FindAsync(RecordId person, SystemId system, StageVerdict verdict, CancellationToken cancellationToken)
    {
        var finding = new LifecycleFinding(FindingKind.ProjectionRejected, person, system.Name, "");
        return verdict == StageVerdict.Rejected ? findings.AddAsync(finding, cancellationToken) : findings.RemoveAsync(finding, cancellationToken);
    }

    private async Task AbsorbAsync(CancellationToken cancellationToken)
    {
        await foreach (var (person, head) in ledger.HeadsAsync(cancellationToken))
            if (!head.IsErased && suppression.Holds(person))
                await queue.SendAsync(Queues.Lifecycle, FlowSignals.Body([person.ToString()], null), TimeSpan.Zero, cancellationToken);
    }
}
