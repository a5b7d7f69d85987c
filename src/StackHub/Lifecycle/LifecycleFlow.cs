using System.Collections.Concurrent;
using System.Collections.Immutable;
using StackHub.Configuration;
using StackHub.Flows;
using StackHub.Identity;
using StackHub.Lifecycle.Accounts;
using StackHub.Lifecycle.Findings;
using StackHub.Lifecycle.Ledger;
using StackHub.Mapping;
using StackHub.Records;

namespace StackHub.Lifecycle;

/// <summary>Others decided about a person every time this worker was about to.</summary>
public sealed class JourneyContendedException(RecordId person) : Exception($"The journeys of {person} were decided by others {LifecycleFlow.MostTries} times in a row.")
{
    public RecordId Person => person;
}

/// <summary>
/// What a change of a record does to the stages of people: load, decide, save, and again from the start when somebody was faster. Safe to
/// repeat from anywhere: events have the ids of what happened, and what follows from a decision is done by what is missing.
/// </summary>
public sealed class LifecycleFlow(HubModel model, CaseReader cases, LifecycleLedger ledger, AccountBoard accounts, LifecycleFindings findings, JourneyEffects effects, FieldWrites writes, Redirects redirects, TimeProvider time)
{
    public const int MostTries = 5;

    /// <param name="again">It was told before, so that what followed may be missing.</param>
    public async Task RunAsync(RecordId id, bool again, CancellationToken cancellationToken)
    {
        var said = new ConcurrentQueue<FieldWrite>();
        await RunAsync(id, again, said, cancellationToken);
        await writes.SendAsync(said, cancellationToken);
    }

    /// <summary>The person's head as it is now.</summary>
    public async Task<JourneyHead> RunPersonAsync(RecordId person, bool again, CancellationToken cancellationToken)
    {
        var said = new ConcurrentQueue<FieldWrite>();
        var head = await RunPersonAsync(person, again, said, cancellationToken);
        await writes.SendAsync(said, cancellationToken);
        return head;
    }

    /// <param name="said">Gets what the hub has to say, for the caller to send: until then it is found missing whenever somebody looks.</param>
    public async Task RunAsync(RecordId id, bool again, ConcurrentQueue<FieldWrite> said, CancellationToken cancellationToken)
    {
        var record = await cases.LivingAsync(id, cancellationToken);
        switch (record?.Kind)
        {
            case RecordKind.Account:
                await accounts.TellMembersAsync(record.Id, cancellationToken);
                break;
            case RecordKind.Opportunity:
                await RunDealAsync(record, again, said, cancellationToken);
                break;
            default: // somebody erased has no record any more, and a ledger
                await RunPersonAsync(record?.Id ?? id, again, said, cancellationToken);
                break;
        }
    }

    private async Task<JourneyHead> RunPersonAsync(RecordId person, bool again, ConcurrentQueue<FieldWrite> said, CancellationToken cancellationToken)
    {
        for (var tries = 0; tries < MostTries; tries++)
        {
            var loaded = await cases.ReadAsync(person, cancellationToken);
            if (loaded.Record is { MergedInto: { } survivor })
                return await RunPersonAsync(survivor, again, said, cancellationToken);
            var decision = DecideJourney.Of(model.Lifecycle!, loaded.Case, model.Fields, model.Horizon, redirects.Follow, time.GetUtcNow());
            if (!await SaveAsync(loaded, decision, cancellationToken))
                continue;
            if (await effects.FollowAsync(loaded, decision.Head, again, cancellationToken) is { } write)
                said.Enqueue(write);
            return decision.Head;
        }

        throw new JourneyContendedException(person);
    }

    private async Task<bool> SaveAsync(LoadedCase loaded, JourneyDecision decision, CancellationToken cancellationToken) =>
        await ledger.AddAsync(decision.News, cancellationToken)
        && (ReferenceEquals(decision.Head, loaded.Head.Head) || await ledger.SaveAsync(loaded.Case.Person, loaded.Head, decision.Head, cancellationToken));

    /// <summary>Whoever has, or had, a role in it hears of it.</summary>
    private async Task RunDealAsync(HubRecord deal, bool again, ConcurrentQueue<FieldWrite> said, CancellationToken cancellationToken)
    {
        var contacts = (
            from link in deal.Links
            from word in link.Cell("contacts").State.Authored
            from contact in References.Ids(word.Value)
            select RecordId.TryParse(contact)).OfType<RecordId>().Distinct().ToImmutableArray();
        foreach (var contact in contacts)
            await ledger.AddDealAsync(contact, deal.Id, cancellationToken);
        await CheckRolesAsync(deal, cancellationToken);
        foreach (var person in contacts.Select(redirects.Follow).Distinct())
            await RunPersonAsync(person, again, said, cancellationToken);
    }

    /// <summary>Without a role nobody moves: a CRM that counts only contact roles reads nothing of such an opportunity.</summary>
    private Task CheckRolesAsync(HubRecord deal, CancellationToken cancellationToken)
    {
        var view = model.View(deal, redirects.Follow);
        var finding = new LifecycleFinding(FindingKind.NoContactRole, deal.Id, view.Decide(StageFields.IsClosed)?.Source.System.Name ?? "", "");
        return deal.Links.Any(link => link.Active) && view.Text(StageFields.IsClosed) == "false" && string.IsNullOrEmpty(view.Text("contacts"))
            ? findings.AddAsync(finding, cancellationToken)
            : findings.RemoveAllAsync(FindingKind.NoContactRole, deal.Id, cancellationToken);
    }
}
