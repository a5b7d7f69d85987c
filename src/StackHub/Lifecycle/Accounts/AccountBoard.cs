using System.Collections.Immutable;
using StackHub.Configuration;
using StackHub.Flows;
using StackHub.Lifecycle.Ledger;
using StackHub.Records;
using StackHub.Storage;

namespace StackHub.Lifecycle.Accounts;

/// <summary>What the hub says of an account, as it was last decided.</summary>
/// <param name="DecidedAt">Later than any time before, so that the newest decision wins.</param>
public sealed record AccountStanding(string? Stage, bool IsQualified, DateTimeOffset DecidedAt)
{
    public static readonly AccountStanding None = new(null, false, DateTimeOffset.UnixEpoch);
}

/// <summary>Who is where in an account, a partition each; and how far that brings the account, decided anew with every one of them.</summary>
public sealed class AccountBoard(HubModel model, ITableStore tables, FieldWrites writes, IMessageQueue queue, TimeProvider time)
{
    private const string Head = "head";
    private const string MemberPrefix = "m|";
    private const int MostTries = 20;
    private const int IdsAMessage = 500;

    /// <summary>Puts a person where they are now, and takes them from where they were.</summary>
    /// <param name="now">Null for somebody who counts nowhere.</param>
    public async Task PlaceAsync(RecordId person, Standing? before, Standing? now, bool again, CancellationToken cancellationToken)
    {
        if (before?.Account is { } left && left != now?.Account)
        {
            await tables.DeleteAsync(Tables.Lifecycle, PartitionOf(left), MemberPrefix + person, null, cancellationToken);
            await DecideAsync(left, again, cancellationToken);
        }

        if (now?.Account is not { } account)
            return;
        await tables.UpsertAsync(Tables.Lifecycle, new(PartitionOf(account), MemberPrefix + person, new Dictionary<string, object>
        {
            ["Stage"] = now.Stage,
            ["Since"] = now.Since,
            ["HasRole"] = now.HasRole,
        }), cancellationToken);
        await DecideAsync(account, again, cancellationToken);
    }

    /// <summary>
    /// How far the account is, from its people as they stand. What was written is decided once more: somebody may have moved, found that
    /// nothing changes by it, and gone, while this worker did not know of them.
    /// </summary>
    private async Task DecideAsync(RecordId account, bool again, CancellationToken cancellationToken)
    {
        var changed = again;
        for (var tries = 0; tries < MostTries; tries++)
        {
            var (before, etag) = await ReadAsync(account, cancellationToken);
            var decided = Decide(before, await MembersAsync(account, cancellationToken), time.GetUtcNow());
            if (decided == before)
            {
                if (changed && decided != AccountStanding.None)
                    await TellAsync(account, decided, cancellationToken);
                return;
            }

            changed |= (await tables.WriteAsync(Tables.Lifecycle, Write(account, decided, etag), cancellationToken)).Done;
        }

        throw new TimeoutException($"Account {account} changed {MostTries} times while it was decided.");
    }

    /// <summary>Whether it is qualified changes with time alone.</summary>
    public Task DecideAsync(RecordId account, CancellationToken cancellationToken) => DecideAsync(account, again: false, cancellationToken);

    public async Task<AccountStanding> FindAsync(RecordId account, CancellationToken cancellationToken) => (await ReadAsync(account, cancellationToken)).Standing;

    public async Task<ImmutableArray<AccountMember>> MembersAsync(RecordId account, CancellationToken cancellationToken)
    {
        var people = ImmutableArray.CreateBuilder<AccountMember>();
        await foreach (var row in tables.RowsAsync(Tables.Lifecycle, TableRange.Prefix(PartitionOf(account), MemberPrefix), cancellationToken))
            people.Add(new(RecordId.Parse(row.Row[MemberPrefix.Length..]), row.Text("Stage")!, row.Value<DateTimeOffset>("Since")!.Value, row.Value<bool>("HasRole")!.Value));
        return people.DrainToImmutable();
    }

    /// <summary>What is said of an account concerns its people.</summary>
    public async Task TellMembersAsync(RecordId account, CancellationToken cancellationToken)
    {
        foreach (var chunk in (await MembersAsync(account, cancellationToken)).Select(member => member.Person.ToString()).Chunk(IdsAMessage))
            await queue.SendAsync(Queues.Lifecycle, FlowSignals.Body(chunk, null), TimeSpan.Zero, cancellationToken);
    }

    private AccountStanding Decide(AccountStanding before, ImmutableArray<AccountMember> people, DateTimeOffset now)
    {
        var plan = model.Lifecycle!;
        var decided = before with { Stage = AccountStage.Of(plan.Machine, people), IsQualified = AccountStage.IsQualified(plan.Machine, people, plan.Qualification, now) };
        var least = before.DecidedAt.AddMilliseconds(1);
        return decided == before ? before : decided with { DecidedAt = now > least ? now : least };
    }

    private Task TellAsync(RecordId account, AccountStanding decided, CancellationToken cancellationToken)
    {
        var fields = new Dictionary<string, string?> { [StageFields.Current] = decided.Stage, [StageFields.Qualified] = decided.IsQualified ? "true" : "false" };
        var known = fields.Where(field => model.Fields[RecordKind.Account].ContainsKey(field.Key)).ToDictionary();
        return known.Count == 0 ? Task.CompletedTask : writes.SendAsync([new(account, decided.DecidedAt, known)], cancellationToken);
    }

    private async Task<(AccountStanding Standing, string? ETag)> ReadAsync(RecordId account, CancellationToken cancellationToken) =>
        await tables.GetAsync(Tables.Lifecycle, PartitionOf(account), Head, cancellationToken) is { } row
            ? (new(row.Text("Stage"), row.Value<bool>("IsQualified") ?? false, row.Value<DateTimeOffset>("DecidedAt")!.Value), row.ETag)
            : (AccountStanding.None, null);

    private static TableAction Write(RecordId account, AccountStanding decided, string? etag)
    {
        var values = new Dictionary<string, object> { ["IsQualified"] = decided.IsQualified, ["DecidedAt"] = decided.DecidedAt };
        if (decided.Stage is { } stage)
            values["Stage"] = stage;
        var row = new TableRow(PartitionOf(account), Head, values);
        return etag is null ? new TableAction.Insert(row) : new TableAction.Replace(row, etag);
    }

    private static string PartitionOf(RecordId account) => $"account|{account}";
}
