using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.AspNetCore.Http.Features;

namespace StackHub.Web.Hooks;

/// <summary>
/// The address as the vendor called it, which some vendors sign: path and query exactly as they came, scheme and host from the
/// configured public base, else from the nearest proxy's headers. Those may be forged, which helps nobody without the secret.
/// </summary>
internal static class PublicUri
{
    private const string Hooks = "/hooks/";

    public static string Of(HttpRequest request, Uri? publicBase)
    {
        var target = Target(request);
        if (publicBase is not null)
            return string.Concat(publicBase.GetLeftPart(UriPartial.Path).TrimEnd('/'), target);
        var scheme = First(request.Headers["X-Forwarded-Proto"]) ?? request.Scheme;
        var host = First(request.Headers["X-Forwarded-Host"]) ?? request.Host.Value;
        return string.Concat($"{scheme}://{host}{request.PathBase.ToUriComponent()}", target);
    }

    /// <summary>From "/hooks/" on. Decoding and encoding again would not always give the same characters.</summary>
    private static string Target(HttpRequest request)
    {
        var raw = request.HttpContext.Features.Get<IHttpRequestFeature>()?.RawTarget ?? "";
        var query = raw.IndexOf('?', StringComparison.Ordinal);
        var start = raw.AsSpan(0, query < 0 ? raw.Length : query).IndexOf(Hooks, StringComparison.OrdinalIgnoreCase);
        return start switch
        {
            0 => raw,
            > 0 => raw[start..],
            _ => UriHelper.BuildRelative("", request.Path, request.QueryString),
        };
    }

    private static string? First(string? values)
    {
        if (string.IsNullOrEmpty(values))
            return null;
        var comma = values.IndexOf(',', StringComparison.Ordinal);
        return comma < 0 ? values : values[..comma].Trim();
    }
}
