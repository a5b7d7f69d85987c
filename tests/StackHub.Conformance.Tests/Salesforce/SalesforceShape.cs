using System.Text.Json;
using System.Text.RegularExpressions;

namespace StackHub.Conformance.Tests.Salesforce;

/// <summary>The form of a request without its values: two clients that ask the same have the same.</summary>
/// <param name="Path">With its types, keys and ids named instead: "/services/data/{version}/sobjects/{type}/describe".</param>
/// <param name="Queries">Names of the query, sorted.</param>
/// <param name="Body">Names in the body that are the API's own; a record's fields are not.</param>
internal sealed partial record SalesforceShape(string Method, string Path, string Queries, string MediaType, string Body)
{
    public string Operation => $"{Method} {Path}";

    public static SalesforceShape Of(string method, string target, string? contentType, string body)
    {
        var parts = target.Split('?', 2);
        var queries = parts.Skip(1).SelectMany(query => query.Split('&')).Select(pair => pair.Split('=')[0]).Order(StringComparer.Ordinal);
        var media = body.Length == 0 ? "" : contentType?.Split(';')[0].Trim() ?? "";
        return new(method, PathOf(parts[0]), string.Join(',', queries), media, media switch
        {
            "application/json" => BodyOf(body),
            "application/x-www-form-urlencoded" => string.Join(',', body.Split('&').Select(pair => pair.Split('=')[0]).Order(StringComparer.Ordinal)),
            _ => "",
        });
    }

    /// <summary>What another client of the same operation does otherwise.</summary>
    public IEnumerable<(string Where, string Wanted)> Against(SalesforceShape other)
    {
        if (Queries != other.Queries)
            yield return ("query", $"the parameters {other.Queries}");
        if (MediaType != other.MediaType)
            yield return ("header.content-type", other.MediaType);
        if (Body != other.Body)
            yield return ("body", other.Body);
    }

    private static string PathOf(string path)
    {
        path = Version().Replace(path, "/v{version}");
        path = Typed().Replace(path, "/sobjects/{type}");
        path = Job().Replace(path, "/jobs/ingest/{job}");
        path = Locator().Replace(path, "/$1/{locator}");
        path = Keyed().Replace(path, "/sobjects/{type}/{key}/{value}");
        return Single().Replace(path, match => match.Groups[2].Value is "describe" or "updated" or "deleted" ? match.Value : $"{match.Groups[1].Value}/{{key}}");
    }

    private static string BodyOf(string body)
    {
        using var document = JsonDocument.Parse(body);
        var root = document.RootElement;
        if (!root.TryGetProperty("records", out var records))
            return "a record";
        var own = records.EnumerateArray().Select(record => record.TryGetProperty("attributes", out var attributes) && attributes.TryGetProperty("type", out _)).All(has => has);
        return string.Join(',', root.EnumerateObject().Select(property => property.Name).Order(StringComparer.Ordinal)) + (own ? ",records.attributes.type" : "");
    }

    [GeneratedRegex(@"/v\d+\.\d+(?=/|$)")]
    private static partial Regex Version();

    [GeneratedRegex("/sobjects/[^/]+")]
    private static partial Regex Typed();

    [GeneratedRegex("/jobs/ingest/[^/]+")]
    private static partial Regex Job();

    [GeneratedRegex("/(query|queryAll)/[^/]+")]
    private static partial Regex Locator();

    [GeneratedRegex(@"/sobjects/\{type\}/[^/]+/[^/]+$")]
    private static partial Regex Keyed();

    [GeneratedRegex(@"(/sobjects/\{type\})/([^/]+)$")]
    private static partial Regex Single();
}
