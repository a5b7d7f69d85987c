using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.AspNetCore.Routing;

namespace StackHub.Sandbox.Hosting;

/// <summary>One request as a handler sees it: route, query, headers and a body that is already here.</summary>
internal sealed class Call(HttpContext context, Endpoint endpoint, ReadOnlyMemory<byte> body) : IDisposable
{
    private JsonDocument? document;

    public Endpoint Endpoint => endpoint;

    public string Operation { get; } = OperationName(context, endpoint);

    /// <summary>How many records the call carries; the statistics add them up.</summary>
    public int Records { get; set; } = 1;

    public string Method => context.Request.Method;

    public string Path => context.Request.Path.Value ?? "/";

    /// <summary>Characters of path and query, as they came.</summary>
    public int AddressLength => context.Request.GetEncodedPathAndQuery().Length;

    public string Route(string name) => context.GetRouteValue(name) as string ?? "";

    public string? Query(string name) => context.Request.Query.TryGetValue(name, out var value) ? value.ToString() : null;

    public IEnumerable<string> Queries(string name) =>
        context.Request.Query[name].SelectMany(value => (value ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries));

    public int QueryInt(string name, int otherwise) => int.TryParse(Query(name), out var value) ? value : otherwise;

    public string? Header(string name) => context.Request.Headers.TryGetValue(name, out var value) ? value.ToString() : null;

    public string? Bearer =>
        Header("Authorization") is { } header && header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase) ? header[7..].Trim() : null;

    public string? ContentType => context.Request.ContentType?.Split(';')[0].Trim();

    public bool HasBody => body.Length > 0;

    public string Text => Encoding.UTF8.GetString(body.Span);

    /// <summary>The parsed body; throws <see cref="JsonException"/>, which the vendor's edge turns into its own 400.</summary>
    public JsonElement Json => (document ??= JsonDocument.Parse(body)).RootElement;

    /// <summary>A form-encoded body as names and values.</summary>
    public Dictionary<string, string> Form() => Text
        .Split('&', StringSplitOptions.RemoveEmptyEntries)
        .Select(pair => pair.Split('=', 2))
        .GroupBy(pair => Decode(pair[0]))
        .ToDictionary(group => group.Key, group => group.Last() is { Length: 2 } pair ? Decode(pair[1]) : "");

    public void Dispose() => document?.Dispose();

    private static string Decode(string value) => Uri.UnescapeDataString(value.Replace('+', ' '));

    private static string OperationName(HttpContext context, Endpoint endpoint) =>
        endpoint.Operation.Replace("{type}", context.GetRouteValue("type") as string, StringComparison.Ordinal);
}
