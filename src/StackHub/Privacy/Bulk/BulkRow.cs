using System.Globalization;
using StackHub.Configuration;
using StackHub.Privacy.Clocks;
using StackHub.Privacy.Intake;
using StackHub.Records;

namespace StackHub.Privacy.Bulk;

/// <summary>A row as it would be filed, or why it cannot be. Reasons repeat no value.</summary>
/// <param name="Line">In the file, 2 for the first row behind the header.</param>
public sealed record BulkRow(int Line, SubmitCommand? Command, IntakeNote? Note, IReadOnlyList<string> Problems)
{
    public override string ToString() => $"row of line {Line}";
}

/// <summary>Reads one row: pure.</summary>
public static class BulkRows
{
    public static BulkRow Of(int line, Func<BulkField, string?> value, string by, HubModel model, LawBook laws, DateTimeOffset now)
    {
        var problems = new List<string>();
        var kinds = Kinds(value(BulkField.Kind), problems);
        var subject = Subject(value, problems);
        problems.AddRange(subject.Problems(model.PhoneRegion));
        var received = Received(value(BulkField.Received), now, problems);
        var under = Laws(value, kinds, laws, problems);
        var verified = value(BulkField.Verified);
        if (problems.Count > 0)
            return new(line, null, null, problems);
        var command = new SubmitCommand(kinds, subject, by, Key(value)) { Laws = under, ReceivedAt = received, VerifiedBecause = verified };
        return new(line, command, new(value(BulkField.Message), null, value(BulkField.Place)), []);
    }

    /// <summary>The sender's number, else everything that the row says of whom and what.</summary>
    private static string Key(Func<BulkField, string?> value) => value(BulkField.Reference) is { } reference
        ? $"bulk\nreference\n{reference}"
        : $"bulk\n{string.Join('\n', new[] { BulkField.Kind, BulkField.Email, BulkField.Phone, BulkField.Record, BulkField.Received }.Select(field => value(field)?.ToLowerInvariant()))}";

    private static List<PrivacyRequestKind> Kinds(string? text, List<string> problems)
    {
        var kinds = new List<PrivacyRequestKind>();
        foreach (var name in (text ?? "").Split([',', ';', '+'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            if (PrivacyRequestKinds.Parse(name) is { } kind)
                kinds.Add(kind);
            else
                problems.Add($"The kind has to be one of {string.Join(", ", PrivacyRequestKinds.All.Select(PrivacyRequestKinds.Of))}.");
        if (kinds.Count == 0 && problems.Count == 0)
            problems.Add("It says not what is asked for.");
        return kinds;
    }

    private static SubjectClaims Subject(Func<BulkField, string?> value, List<string> problems)
    {
        var record = value(BulkField.Record);
        if (record is not null && RecordId.TryParse(record) is null)
            problems.Add("The record has to be a hub record's id: 32 hexadecimal digits.");
        return new()
        {
            Emails = value(BulkField.Email) is { } email ? [email] : [],
            Phones = value(BulkField.Phone) is { } phone ? [phone] : [],
            Records = RecordId.TryParse(record) is { } id ? [id] : [],
        };
    }

    private static DateTimeOffset? Received(string? text, DateTimeOffset now, List<string> problems)
    {
        if (text is null)
            return null;
        if (!DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at))
            problems.Add("The day of receipt has to be a date such as 2026-03-02.");
        else if (at > now)
            problems.Add("The day of receipt is in the future.");
        return at;
    }

    private static string[] Laws(Func<BulkField, string?> value, IReadOnlyList<PrivacyRequestKind> kinds, LawBook laws, List<string> problems)
    {
        if (value(BulkField.Laws) is { } named)
        {
            string[] under = named.Split([',', ';'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            if (under.Any(law => law.Split('/') is not [var name, var place] || laws.Find(name) is null || laws.Holidays.Find(place) is null))
                problems.Add("A law is named as law/place, such as eu-gdpr/DE.");
            return under;
        }
        if (value(BulkField.Place) is not { } where)
            return [];
        if (laws.Holidays.Find(where) is null)
            problems.Add("The place has to be a country or state with a calendar, such as DE or US-CA.");
        return [.. kinds.SelectMany(kind => laws.ApplyingIn(where, kind)).Select(law => law.ToString()).Distinct()];
    }
}
