using StackHub.Records;

namespace StackHub.Identity.Matching;

/// <summary>How it is known which account a person belongs to.</summary>
public enum AccountSource
{
    /// <summary>It is not: neither a domain nor a name tells.</summary>
    None,

    /// <summary>A tool says so.</summary>
    Said,

    /// <summary>The matcher found it.</summary>
    Found,

    /// <summary>The matcher found some that come near, and none that is certain.</summary>
    Unsure,
}

/// <summary>A person's account, and how it is known, in words without values.</summary>
/// <param name="Account">Null when none is certain.</param>
public sealed record AccountOfPerson(HubRecord? Account, AccountSource Source, string Why);

/// <summary>Which account a person belongs to: the one a tool says, else the one that the matcher finds. Routing and reports ask here, and nowhere else.</summary>
public sealed class PersonAccount(RecordStore records, Redirects redirects, AccountFinder finder)
{
    /// <summary>The fields of a person that decide it; phone and place only tell accounts apart.</summary>
    public static IReadOnlyList<string> Reads { get; } = ["account", "company", "email", "website"];

    /// <param name="value">The person's canonical text of a field.</param>
    public async Task<AccountOfPerson> FindAsync(Func<string, string?> value, CancellationToken cancellationToken)
    {
        if (RecordId.TryParse(value("account")) is { } said && await LivingAsync(said, cancellationToken) is { } linked)
            return new(linked, AccountSource.Said, "a tool says which account it is");
        var answer = await finder.FindAsync(value, cancellationToken);
        var found = answer.Account is { } id ? await LivingAsync(id, cancellationToken) : null;
        var source = found is not null ? AccountSource.Found : answer.Near.Count > 0 ? AccountSource.Unsure : AccountSource.None;
        return new(found, source, answer.Near.Count == 0 ? answer.Why : $"{answer.Why} (of {string.Join(", ", answer.Near)})");
    }

    private async Task<HubRecord?> LivingAsync(RecordId id, CancellationToken cancellationToken) =>
        await records.GetAsync(redirects.Follow(id), cancellationToken) is { Record: { MergedInto: null } record } ? record : null;
}
