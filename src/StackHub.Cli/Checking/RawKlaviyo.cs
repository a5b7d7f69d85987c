using System.Net.Http.Headers;
using System.Runtime.CompilerServices;
using System.Text.Json;
using StackHub.Sandbox.Vendors.Klaviyo;

namespace StackHub.Cli.Checking;

/// <summary>Every profile, by the list.</summary>
public sealed class RawKlaviyo(KlaviyoSandbox sandbox) : IRawReader
{
    private const string First = "/api/profiles?page[size]=100&additional-fields[profile]=subscriptions";

    public string System => "klaviyo";

    public async IAsyncEnumerable<RawRecord> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var http = new HttpClient { BaseAddress = sandbox.BaseUrl };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Klaviyo-API-Key", (string)sandbox.Configuration["apiKey"]!);
        http.DefaultRequestHeaders.Add("revision", "2026-07-15");
        http.DefaultRequestHeaders.Accept.ParseAdd("application/vnd.api+json");
        for (var path = First; path is not null;)
        {
            var page = await RawHttp.GetAsync(http, path, cancellationToken);
            foreach (var profile in page.GetProperty("data").EnumerateArray())
                yield return new("profiles", profile.GetProperty("id").GetString()!, Fields(profile.GetProperty("attributes")));
            path = page.GetProperty("links").TryGetProperty("next", out var next) ? RawHttp.Text(next) : null;
        }
    }

    private static Dictionary<string, string?> Fields(JsonElement attributes)
    {
        var fields = Plain(attributes, "");
        foreach (var container in (string[])["location", "properties"])
            if (attributes.TryGetProperty(container, out var held) && held.ValueKind == JsonValueKind.Object)
                foreach (var (name, value) in Plain(held, $"{container}."))
                    fields[name] = value;
        fields["subscriptions.email_opt_out"] = IsOut(attributes.GetProperty("subscriptions").GetProperty("email").GetProperty("marketing")) ? "true" : "false";
        return fields;
    }

    /// <summary>Who left, or whom a user or a complaint put out; an address that bounced is nobody's wish.</summary>
    private static bool IsOut(JsonElement marketing) => marketing.GetProperty("consent").GetString() == "UNSUBSCRIBED"
        || marketing.GetProperty("suppression").EnumerateArray().Any(entry => entry.GetProperty("reason").GetString() is "UNSUBSCRIBE" or "USER_SUPPRESSED" or "SPAM_COMPLAINT");

    private static Dictionary<string, string?> Plain(JsonElement holder, string prefix) => holder.EnumerateObject()
        .Where(property => property.Value.ValueKind is not (JsonValueKind.Object or JsonValueKind.Array))
        .ToDictionary(property => prefix + property.Name, property => RawHttp.Text(property.Value) is { Length: > 0 } text ? text : null);
}
