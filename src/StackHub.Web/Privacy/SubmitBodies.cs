using StackHub.Privacy;
using StackHub.Privacy.Clocks;
using StackHub.Records;
using StackHub.Web.Errors;

namespace StackHub.Web.Privacy;

/// <summary>Reads whom and what a body names, and says what is wrong with it without repeating it.</summary>
internal static class SubmitBodies
{
    public static (SubmitCommand? Command, ProblemResult? Problem) Read(SubmitBody body, string by, string key, LawBook laws)
    {
        var kinds = new List<PrivacyRequestKind>();
        foreach (var name in body.Kinds ?? [])
            if (PrivacyRequestKinds.Parse(name) is { } kind)
                kinds.Add(kind);
            else
                return (null, Problems.BadBody("kinds", $"some of {string.Join(", ", PrivacyRequestKinds.All.Select(PrivacyRequestKinds.Of))}"));
        if (Claims(body.Emails, body.Phones, body.Records, body.Links, body.Hashes) is not { } subject)
            return (null, BadIds);
        if (body.Place is { } place && laws.Holidays.Find(place) is null)
            return (null, Problems.BadBody("place", "a country or state that a law is kept in; api/privacy/laws lists them"));
        string[] under = body.Laws is { Count: > 0 } named ? [.. named] : [.. kinds.SelectMany(kind => laws.ApplyingIn(body.Place ?? "", kind)).Select(law => law.ToString()).Distinct()];
        return (new(kinds, subject, by, key) { Laws = under, ReceivedAt = body.ReceivedAt, VerifiedBecause = body.VerifiedBecause }, null);
    }

    public static ProblemResult BadIds => Problems.BadBody("records", "ids of hub records (32 hexadecimal digits), and links written as system/type/id");

    /// <summary>Null when an id is none.</summary>
    public static SubjectClaims? Claims(IReadOnlyList<string>? emails, IReadOnlyList<string>? phones, IReadOnlyList<string>? records, IReadOnlyList<string>? links, IReadOnlyList<string>? hashes)
    {
        var ids = (records ?? []).Select(RecordId.TryParse).ToArray();
        var references = (links ?? []).Select(Link).ToArray();
        return ids.Any(id => id is null) || references.Any(reference => reference is null) ? null : new()
        {
            Emails = emails ?? [],
            Phones = phones ?? [],
            Records = [.. ids.OfType<RecordId>()],
            Links = [.. references.OfType<ExternalRef>()],
            Hashes = hashes ?? [],
        };
    }

    private static ExternalRef? Link(string text) =>
        text.Split('/', 3) is [{ Length: > 0 } system, { Length: > 0 } objectType, { Length: > 0 } id] ? new ExternalRef(new(system), objectType, id) : null;
}
