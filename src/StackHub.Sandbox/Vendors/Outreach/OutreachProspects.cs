using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using StackHub.Sandbox.Hosting;

namespace StackHub.Sandbox.Vendors.Outreach;

/// <summary>The prospects and their rules, the same for the API and for a person in Outreach's own pages.</summary>
internal sealed class OutreachProspects(OutreachSandbox sandbox)
{
    private readonly SortedDictionary<long, OutreachProspect> byNumber = [];
    private readonly Dictionary<long, (string Kind, string Email, DateTimeOffset Ends)> requests = [];
    private readonly Sequence numbers = new();

    private DateTimeOffset Now => sandbox.Clock.Now;

    public IEnumerable<OutreachProspect> All
    {
        get
        {
            foreach (var request in requests.Values.Where(request => request.Kind == "Prospect" && request.Ends <= Now))
                foreach (var gone in byNumber.Values.Where(prospect => prospect.Emails.Contains(request.Email, StringComparer.OrdinalIgnoreCase)).ToList())
                    byNumber.Remove(gone.Number);
            return byNumber.Values;
        }
    }

    public OutreachProspect? Find(string id) => long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? All.FirstOrDefault(prospect => prospect.Number == number) : null;

    public OutreachProspect Create(JsonElement attributes)
    {
        var prospect = new OutreachProspect(numbers.Next(), Now);
        Take(prospect, attributes);
        byNumber[prospect.Number] = prospect;
        return prospect;
    }

    public void Update(OutreachProspect prospect, JsonElement attributes)
    {
        Take(prospect, attributes);
        prospect.Updated = Now;
    }

    public void Delete(OutreachProspect prospect) => byNumber.Remove(prospect.Number);

    public IEnumerable<OutreachProspect> Listed(Call call)
    {
        var found = All;
        if (call.Query("filter[emails]") is { } email)
            found = found.Where(prospect => prospect.Emails.Contains(email, StringComparer.OrdinalIgnoreCase));
        if (call.Query("filter[externalId]") is { } id)
            found = found.Where(prospect => prospect.ExternalId == id);
        if (call.Query("filter[updatedAt]")?.Split("..") is [var from, var until])
            found = found.Where(prospect => Cut(prospect.Updated) >= Time(from) && Cut(prospect.Updated) <= Time(until));
        return call.Query("sort") == "updatedAt" ? found.OrderBy(prospect => Cut(prospect.Updated)).ThenByDescending(prospect => prospect.Number) : found.OrderBy(prospect => prospect.Number);
    }

    /// <summary>A request to erase; its id.</summary>
    public long Ask(string kind, string email)
    {
        var number = numbers.Next();
        requests[number] = (kind, email, Now + sandbox.Options.ComplianceTime);
        return number;
    }

    public string? StateOf(string id) =>
        long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && requests.TryGetValue(number, out var request) ? request.Ends <= Now ? "done" : "pending" : null;

    private void Take(OutreachProspect prospect, JsonElement attributes)
    {
        if (attributes.ValueKind != JsonValueKind.Object)
            throw OutreachSandbox.Invalid("Attributes are required.", "/data/attributes");
        foreach (var attribute in attributes.EnumerateObject())
            Check(prospect, attribute);
        foreach (var attribute in attributes.EnumerateObject())
            prospect.Attributes[attribute.Name] = JsonNode.Parse(attribute.Value.GetRawText());
    }

    private void Check(OutreachProspect prospect, JsonProperty attribute)
    {
        var pointer = $"/data/attributes/{attribute.Name}";
        if (!prospect.Attributes.ContainsKey(attribute.Name))
            throw OutreachSandbox.Invalid($"{attribute.Name} is not a known attribute.", pointer);
        if (attribute.Name == "emailOptedOut" && attribute.Value.ValueKind is not (JsonValueKind.True or JsonValueKind.False))
            throw OutreachSandbox.Invalid("emailOptedOut must be a boolean.", pointer);
        if (attribute.Value.AsText()?.Length > sandbox.Options.LongestText)
            throw OutreachSandbox.Invalid($"{attribute.Name} is too long.", pointer);
        if (attribute.Name != "emails")
            return;
        foreach (var email in attribute.Value.EnumerateArray().Select(item => item.GetString() ?? ""))
        {
            if (email.Split('@') is not [{ Length: > 0 }, { Length: > 0 }] || email.Contains(' ', StringComparison.Ordinal))
                throw OutreachSandbox.Invalid("Emails contains an invalid address.", pointer);
            if (All.Any(other => other != prospect && other.Emails.Contains(email, StringComparer.OrdinalIgnoreCase)))
                throw OutreachSandbox.Invalid("Emails has already been taken.", pointer);
        }
    }

    private static DateTimeOffset Cut(DateTimeOffset time) => DateTimeOffset.FromUnixTimeSeconds(time.ToUnixTimeSeconds());

    private static DateTimeOffset Time(string text) => DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time : throw OutreachSandbox.Invalid("The range is not of times.", "filter[updatedAt]");
}
