namespace StackHub.Mapping.Transforms;

/// <summary>The host of a web address, without "www.": "https://www.acme.com/en" is "acme.com".</summary>
public sealed class Domain : ITransform
{
    public string Name => "domain";

    public string? Apply(string text)
    {
        var start = text.IndexOf("://", StringComparison.Ordinal);
        var host = start < 0 ? text : text[(start + 3)..];
        var end = host.AsSpan().IndexOfAny('/', '?', '#');
        host = (end < 0 ? host : host[..end]).Trim().TrimEnd('.').ToLowerInvariant();
        var port = host.IndexOf(':', StringComparison.Ordinal);
        host = port < 0 ? host : host[..port];
        return host.StartsWith("www.", StringComparison.Ordinal) ? host[4..] : host;
    }
}
