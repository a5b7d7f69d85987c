using System.Text.Json;
using System.Text.Json.Nodes;
using StackHub.Connecting;

namespace StackHub.Connectors.Intercom;

/// <summary>The requests a write would send, in order; pure.</summary>
internal static class IntercomPreview
{
    public static IReadOnlyList<PlannedRequest> Contacts(IReadOnlyList<RecordWrite> writes, IntercomContacts contacts)
    {
        RecordWrite[] creates = [.. writes.Where(w => w.Target is null)];
        List<PlannedRequest> requests = [];
        if (creates.Length > 0)
            requests.Add(new("POST", "/contacts/search", JsonSerializer.Serialize(IntercomMatches.Search(creates, cursor: null), IntercomJson.Default.IntercomSearch)));
        foreach (var write in writes)
            requests.AddRange(write.Target is { } target ? Update(write, target) : Create(write, contacts));
        return requests;
    }

    public static IReadOnlyList<PlannedRequest> Companies(IReadOnlyList<RecordWrite> writes) =>
    [
        .. writes.Select(w => w.Target is { } target
            ? Request("PUT", $"/companies/{Uri.EscapeDataString(target)}", IntercomMapping.ToBody(w))
            : Request("POST", "/companies", IntercomCompanies.CreateBody(w))),
    ];

    private static IEnumerable<PlannedRequest> Create(RecordWrite write, IntercomContacts contacts)
    {
        if (write.Uncertain)
            yield return new("GET", $"/contacts/find_by_external_id/{write.HubId}", Body: null);
        yield return Request("POST", "/contacts", contacts.CreateBody(write));
        if (CompanyOf(write) is { } company)
            yield return Request("POST", "/contacts/{id}/companies", new JsonObject { ["id"] = company });
    }

    private static IEnumerable<PlannedRequest> Update(RecordWrite write, string target)
    {
        var path = $"/contacts/{Uri.EscapeDataString(target)}";
        var body = IntercomContacts.UpdateBody(write);
        yield return body.Count > 0 ? Request("PUT", path, body) : new("GET", path, Body: null);
        if (CompanyOf(write) is { } company)
            yield return Request("POST", $"{path}/companies", new JsonObject { ["id"] = company });
    }

    private static string? CompanyOf(RecordWrite write) => write.Fields.FirstOrDefault(f => f.VendorField == IntercomFields.Company).Value.Text;

    private static PlannedRequest Request(string method, string path, JsonObject body) =>
        new(method, path, JsonSerializer.Serialize(body, IntercomJson.Default.JsonObject));
}
