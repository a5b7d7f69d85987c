using StackHub.Records;
using StackHub.Security;
using StackHub.Storage;

namespace StackHub.Identity.Matching;

/// <summary>
/// Every record that has, or ever had, an address or number: a claim names one owner, but a shared mailbox stands in many records. Merged
/// records are answered as who they live on in.
/// </summary>
public sealed class KeyHolders(ITableStore tables, HubKeys keys, ClaimStore claims, RecordStore records, Redirects redirects, MatchSettings settings)
{
    public Task<IReadOnlyList<RecordId>> OfAsync(EmailKey email, CancellationToken cancellationToken) =>
        OfAsync(IdentityKey.Email, email.Text, BlockingKeys.Exact(email), facts => facts.People.Any(person => person.Emails.Contains(email)), cancellationToken);

    public Task<IReadOnlyList<RecordId>> OfAsync(PhoneKey phone, CancellationToken cancellationToken) =>
        OfAsync(IdentityKey.Phone, phone.Text, BlockingKeys.Exact(phone), facts => facts.People.Any(person => person.Phones.Contains(phone)), cancellationToken);

    private async Task<IReadOnlyList<RecordId>> OfAsync(string kind, string text, string block, Func<RecordFacts, bool> has, CancellationToken cancellationToken)
    {
        await redirects.EnsureFreshAsync(cancellationToken);
        var found = new SortedSet<RecordId>();
        if (await claims.RereadAsync(kind, text, cancellationToken) is { } owner && await records.GetAsync(redirects.Follow(owner), cancellationToken) is not null)
            found.Add(redirects.Follow(owner));
        await foreach (var row in tables.RowsAsync(Tables.Blocks, TableRange.In(keys.Hash("block", block)), cancellationToken))
            if (await records.GetAsync(RecordId.Parse(row.Row), cancellationToken) is { Record: { Kind: RecordKind.Person } record } && has(RecordFacts.Of(record, settings.PhoneRegion)))
                found.Add(redirects.Follow(record.Id));
        return [.. found];
    }
}
