using System.Net.Http.Headers;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using StackHub.Sandbox.Vendors.Zendesk;

namespace StackHub.Cli.Checking;

/// <summary>Every organization and end user, by the lists.</summary>
public sealed class RawZendesk(ZendeskSandbox sandbox) : IRawReader
{
    private static readonly (string Type, string Query)[] Lists = [("organizations", ""), ("users", "role=end-user&")];

    public string System => "zendesk";

    public async IAsyncEnumerable<RawRecord> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var http = new HttpClient { BaseAddress = sandbox.BaseUrl };
        var (email, token) = ((string)sandbox.Configuration["email"]!, (string)sandbox.Configuration["apiToken"]!);
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{email}/token:{token}")));
        foreach (var (type, query) in Lists)
            for (string? after = ""; after is not null;)
            {
                var page = await RawHttp.GetAsync(http, $"/api/v2/{type}?{query}page[size]=100{(after.Length > 0 ? $"&page[after]={after}" : "")}", cancellationToken);
                foreach (var row in page.GetProperty(type).EnumerateArray())
                    yield return new(type, RawHttp.Text(row.GetProperty("id"))!, Fields(row));
                var meta = page.GetProperty("meta");
                after = meta.GetProperty("has_more").GetBoolean() ? RawHttp.Text(meta.GetProperty("after_cursor")) : null;
            }
    }

    private static Dictionary<string, string?> Fields(JsonElement row)
    {
        var fields = Plain(row, "");
        foreach (var container in (string[])["user_fields", "organization_fields"])
            if (row.TryGetProperty(container, out var held) && held.ValueKind == JsonValueKind.Object)
                foreach (var (name, value) in Plain(held, $"{container}."))
                    fields[name] = value;
        if (row.TryGetProperty("domain_names", out var domains))
            fields["domain"] = domains.EnumerateArray().Select(domain => domain.GetString()).FirstOrDefault();
        NameParts(fields);
        return fields;
    }

    /// <summary>A user whose name was never split: the last word is the last name, a single word the first.</summary>
    private static void NameParts(Dictionary<string, string?> fields)
    {
        if (fields.GetValueOrDefault("user_fields.first_name") is not null || fields.GetValueOrDefault("user_fields.last_name") is not null || fields.GetValueOrDefault("name") is not { } name || name.Contains('@') || name == "(no name)")
            return;
        var words = name.Split(default(char[]), StringSplitOptions.RemoveEmptyEntries);
        fields["user_fields.first_name"] = words.Length < 2 ? words.FirstOrDefault() : string.Join(' ', words[..^1]);
        fields["user_fields.last_name"] = words.Length < 2 ? null : words[^1];
    }

    private static Dictionary<string, string?> Plain(JsonElement holder, string prefix) => holder.EnumerateObject()
        .Where(property => property.Value.ValueKind is not (JsonValueKind.Object or JsonValueKind.Array))
        .ToDictionary(property => prefix + property.Name, property => RawHttp.Text(property.Value) is { Length: > 0 } text ? text : null);
}
