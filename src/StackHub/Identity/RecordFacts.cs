using System.Collections.Immutable;
using StackHub.Records;

namespace StackHub.Identity;

/// <summary>
/// What is known about whom a record is of, apart for each vendor's record that says it: two records are one because of what two of
/// their sources say, never because of which value was the newest when they met.
/// </summary>
public sealed record RecordFacts(RecordKind Kind)
{
    public IReadOnlyList<MatchFeatures> People { get; init; } = [];

    /// <summary>The addresses under which a person is in some tool now, whoever wrote them there, and since when: the earliest of them.</summary>
    public IReadOnlyDictionary<string, (DateTimeOffset Since, ExternalRef By)> Mailboxes { get; init; } = ImmutableSortedDictionary<string, (DateTimeOffset, ExternalRef)>.Empty;

    public IReadOnlyList<AccountFeatures> Accounts { get; init; } = [];

    public IReadOnlyList<DealFacts> Deals { get; init; } = [];

    public static RecordFacts Of(HubRecord record, string? phoneRegion) => record.Kind switch
    {
        RecordKind.Person => new(record.Kind) { People = [.. Sources(record).Select(link => Person(link, phoneRegion))], Mailboxes = MailboxesOf(record) },
        RecordKind.Account => new(record.Kind) { Accounts = [.. Sources(record).Select(link => RecordFeatures.Account(field => Latest(link, field), phoneRegion))] },
        _ => new(record.Kind) { Deals = [.. Sources(record).Select(link => new DealFacts(Latest(link, "name"), RecordId.TryParse(Latest(link, "account"))))] },
    };

    /// <summary>The same of one source that is no part of a record yet.</summary>
    public static RecordFacts Of(RecordKind kind, Func<string, string?> value, string? phoneRegion) => kind switch
    {
        RecordKind.Person => new(kind) { People = [RecordFeatures.Person(value, phoneRegion)] },
        RecordKind.Account => new(kind) { Accounts = [RecordFeatures.Account(value, phoneRegion)] },
        _ => new(kind) { Deals = [new(value("name"), RecordId.TryParse(value("account")))] },
    };

    /// <summary>The newest filled value this source itself authored: what the hub wrote into it is another's word.</summary>
    public static string? Latest(LinkedRecord link, string field)
    {
        var authored = link.Cell(field).State.Authored;
        for (var index = authored.Length - 1; index >= 0; index--)
            if (!authored[index].Value.IsBlank)
                return authored[index].Value.Text;
        return null;
    }

    /// <summary>With the key in every source, unless one has it.</summary>
    public RecordFacts Holding(IdentityKey key) => key.Kind switch
    {
        IdentityKey.Email when EmailKey.From(key.Text) is { } email && !People.Any(person => person.Emails.Contains(email)) =>
            this with { People = [.. People.Select(person => person with { Emails = [.. person.Emails, email] })] },
        IdentityKey.Phone when PhoneKey.From(key.Text) is { } phone && !People.Any(person => person.Phones.Contains(phone)) =>
            this with { People = [.. People.Select(person => person with { Phones = [.. person.Phones, phone] })] },
        _ => this,
    };

    public override string ToString() => $"[{Kind}]";

    /// <summary>Those that say anything of their own.</summary>
    private static IEnumerable<LinkedRecord> Sources(HubRecord record) =>
        record.Links.Where(link => link.Cells.Values.Any(cell => !cell.State.Authored.IsEmpty));

    /// <summary>With every address and number the source ever had, newest first: a change elsewhere may be read before or after the one here.</summary>
    private static MatchFeatures Person(LinkedRecord link, string? phoneRegion) => RecordFeatures.Person(field => Latest(link, field), phoneRegion) with
    {
        Emails = [.. All(link, "email").Select(EmailKey.From).OfType<EmailKey>().Distinct()],
        Phones = [.. All(link, "phone").Concat(All(link, "mobilePhone")).Select(number => PhoneKey.From(number, phoneRegion)).OfType<PhoneKey>().Distinct()],
    };

    private static ImmutableSortedDictionary<string, (DateTimeOffset Since, ExternalRef By)> MailboxesOf(HubRecord record)
    {
        var mailboxes = ImmutableSortedDictionary.CreateBuilder<string, (DateTimeOffset Since, ExternalRef By)>(StringComparer.Ordinal);
        foreach (var link in record.Links)
            if (link.Active && link.Cell("email").State is { Held: { IsBlank: false } held } state && EmailKey.From(held.Text) is { } email
                && (state.HeldWrite is { } write ? write.Author?.At ?? write.At : state.Claim?.At) is { } since
                && (!mailboxes.TryGetValue(email.Text, out var known) || (since, link.Ref).CompareTo((known.Since, known.By)) < 0))
                mailboxes[email.Text] = (since, link.Ref);
        return mailboxes.ToImmutable();
    }

    private static IEnumerable<string> All(LinkedRecord link, string field) =>
        link.Cell(field).State.Authored.Reverse().Where(claim => !claim.Value.IsBlank).Select(claim => claim.Value.Text!);
}

/// <summary>What one source says of a deal.</summary>
public sealed record DealFacts(string? Name, RecordId? Account)
{
    public override string ToString() => "[deal]";
}
