using Microsoft.AspNetCore.Http;
using StackHub.Privacy;
using StackHub.Privacy.Clocks;
using StackHub.Records;

namespace StackHub.Web.Privacy.Console;

/// <summary>An officer's form for a request that came by letter, call or counter, as it was filled in so far.</summary>
/// <param name="Key">The same for the same form, sent again.</param>
public sealed record NewRequestModel(string Key, IReadOnlyList<string> Places)
{
    public IReadOnlyList<PrivacyRequestKind> Kinds { get; init; } = [];

    public string Emails { get; init; } = "";

    public string Phones { get; init; } = "";

    public string Record { get; init; } = "";

    public string Place { get; init; } = "";

    public string Received { get; init; } = "";

    public string Verified { get; init; } = "";

    /// <summary>Sentences that repeat no value.</summary>
    public IReadOnlyList<string> Problems { get; init; } = [];

    public static NewRequestModel Empty(string key, LawBook laws) => new(key, [.. laws.All.Where(law => !law.ByPull).SelectMany(law => law.Places).Distinct().Order(StringComparer.Ordinal)]);

    public static NewRequestModel Read(IFormCollection form, LawBook laws) => Empty(form.Text("key") ?? FormValues.NewKey(), laws) with
    {
        Kinds = [.. form["kind"].Select(PrivacyRequestKinds.Parse).OfType<PrivacyRequestKind>()],
        Emails = form["emails"].ToString(),
        Phones = form["phones"].ToString(),
        Record = form["record"].ToString().Trim(),
        Place = form["place"].ToString(),
        Received = form["received"].ToString(),
        Verified = form["verified"].ToString().Trim(),
    };

    /// <summary>What is to be filed; the problems that forbid it otherwise.</summary>
    public (SubmitCommand? Command, IReadOnlyList<string> Problems) Command(IFormCollection form, string by, LawBook laws, DateTimeOffset now)
    {
        var problems = new List<string>();
        if (Place.Length > 0 && !Places.Contains(Place))
            problems.Add("Choose the place from the list.");
        if (Record.Length > 0 && RecordId.TryParse(Record) is null)
            problems.Add("A record is named by the 32 letters and digits of its address in the console.");
        if (Received.Length > 0 && (form.Day("received") is not { } day || day > DateOnly.FromDateTime(now.UtcDateTime)))
            problems.Add("The day of receipt is a day up to today.");
        if (problems.Count > 0)
            return (null, problems);
        var who = new SubjectClaims { Emails = form.Lines("emails"), Phones = form.Lines("phones"), Records = RecordId.TryParse(Record) is { } record ? [record] : [] };
        return (new(Kinds, who, by, Key)
        {
            Laws = [.. Kinds.SelectMany(kind => laws.ApplyingIn(Place, kind)).Select(law => law.ToString()).Distinct()],
            ReceivedAt = ReceivedAt(form.Day("received"), laws, now),
            VerifiedBecause = Verified.Length > 0 ? Verified : null,
        }, []);
    }

    /// <summary>Noon where the law is kept, so that the day is that day there.</summary>
    private DateTimeOffset? ReceivedAt(DateOnly? day, LawBook laws, DateTimeOffset now)
    {
        if (day is not { } given)
            return null;
        var zone = NodaTime.DateTimeZoneProviders.Tzdb[laws.Holidays.Find(Place)?.Zone.Id ?? "UTC"];
        var noon = NodaTime.LocalDate.FromDateOnly(given).At(new(12, 0)).InZoneLeniently(zone).ToDateTimeOffset().ToUniversalTime();
        return noon < now ? noon : null;
    }

    public override string ToString() => "new request";
}
