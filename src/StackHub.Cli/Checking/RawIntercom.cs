using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Runtime.CompilerServices;
using System.Text.Json;
using StackHub.Sandbox.Vendors.Intercom;

namespace StackHub.Cli.Checking;

/// <summary>Every live company (by the scroll) and contact (by the list).</summary>
public sealed class RawIntercom(IntercomSandbox sandbox) : IRawReader
{
    public string System => "intercom";

    public async IAsyncEnumerable<RawRecord> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var http = Client();
        IReadOnlyList<RawRecord>? companies;
        do
            companies = await ScrollAsync(http, cancellationToken);
        while (companies is null);
        foreach (var company in companies)
            yield return company;
        for (string? after = ""; after is not null;)
        {
            var page = await RawHttp.GetAsync(http, $"/contacts?per_page=150{(after.Length > 0 ? $"&starting_after={Uri.EscapeDataString(after)}" : "")}", cancellationToken);
            foreach (var row in page.GetProperty("data").EnumerateArray())
                yield return new("contacts", row.GetProperty("id").GetString()!, Fields(row));
            after = page.GetProperty("pages").TryGetProperty("next", out var next) && next.ValueKind == JsonValueKind.Object ? next.GetProperty("starting_after").GetString() : null;
        }
    }

    /// <summary>Null when the scroll ended by its age: it has to begin anew.</summary>
    private static async Task<IReadOnlyList<RawRecord>?> ScrollAsync(HttpClient http, CancellationToken cancellationToken)
    {
        var read = new List<RawRecord>();
        for (var scroll = ""; ;)
        {
            if (await RawHttp.FindAsync(http, $"/companies/scroll{(scroll.Length > 0 ? $"?scroll_param={scroll}" : "")}", HttpStatusCode.NotFound, cancellationToken) is not { } page)
                return null;
            var companies = page.GetProperty("data").EnumerateArray().ToArray();
            read.AddRange(companies.Select(row => new RawRecord("companies", row.GetProperty("id").GetString()!, Fields(row))));
            if (companies.Length == 0)
                return read;
            scroll = page.GetProperty("scroll_param").GetString()!;
        }
    }

    /// <summary>Companies without contacts are in no list.</summary>
    public async Task<RawRecord?> FindAsync(string objectType, string id, CancellationToken cancellationToken)
    {
        using var http = Client();
        using var response = await http.GetAsync(new Uri($"/{objectType}/{id}", UriKind.Relative), cancellationToken);
        return response.IsSuccessStatusCode ? new(objectType, id, Fields(await response.Content.ReadFromJsonAsync<JsonElement>(cancellationToken))) : null;
    }

    private HttpClient Client()
    {
        var http = new HttpClient { BaseAddress = sandbox.BaseUrl };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", sandbox.AccessToken);
        http.DefaultRequestHeaders.Add("Intercom-Version", "2.15");
        return http;
    }

    private static Dictionary<string, string?> Fields(JsonElement row)
    {
        var fields = row.EnumerateObject().Where(property => property.Value.ValueKind is not (JsonValueKind.Object or JsonValueKind.Array)).ToDictionary(property => property.Name, property => RawHttp.Text(property.Value));
        if (row.TryGetProperty("custom_attributes", out var attributes) && attributes.ValueKind == JsonValueKind.Object)
            foreach (var attribute in attributes.EnumerateObject())
                fields[$"custom_attributes.{attribute.Name}"] = RawHttp.Text(attribute.Value);
        NameParts(fields);
        if (row.TryGetProperty("companies", out var companies) && companies.ValueKind == JsonValueKind.Object)
            fields["companies"] = string.Join(';', companies.GetProperty("data").EnumerateArray().Select(company => company.GetProperty("id").GetString()));
        return fields;
    }

    /// <summary>A contact whose name was never split is read as Intercom shows it: the last word is the last name.</summary>
    private static void NameParts(Dictionary<string, string?> fields)
    {
        if (fields.GetValueOrDefault("custom_attributes.first_name") is not null || fields.GetValueOrDefault("custom_attributes.last_name") is not null || fields.GetValueOrDefault("name") is not { } name)
            return;
        var last = name.Trim().LastIndexOf(' ');
        fields["custom_attributes.first_name"] = last < 0 ? null : name.Trim()[..last].TrimEnd();
        fields["custom_attributes.last_name"] = last < 0 ? name.Trim() : name.Trim()[(last + 1)..];
    }
}
