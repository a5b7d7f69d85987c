using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace StackHub.Web.Shell;

/// <summary>A file that pages load, embedded in the assembly; its address holds its hash, so that it may be kept for ever.</summary>
public sealed class Asset
{
    private readonly byte[] content;
    private readonly string type;

    private Asset(string name, string extension, string type)
    {
        this.type = type;
        using var stream = typeof(Asset).Assembly.GetManifestResourceStream($"Shell/{name}{extension}")!;
        content = new byte[stream.Length];
        stream.ReadExactly(content);
        Path = $"assets/{name}-{Convert.ToHexStringLower(SHA256.HashData(content).AsSpan(0, 6))}{extension}";
    }

    public static Asset Style { get; } = new("console", ".css", "text/css; charset=utf-8");

    /// <summary>What the report of an audit adds; it is written into the report and never loaded.</summary>
    internal static Asset Report { get; } = new("report", ".css", "text/css; charset=utf-8");

    public static Asset Icon { get; } = new("icon", ".svg", "image/svg+xml");

    /// <summary>From "console/".</summary>
    public string Path { get; }

    internal string Text => Encoding.UTF8.GetString(content);

    /// <summary>The file; to be kept only when it was asked for by this version's name. An older page gets the newer file.</summary>
    internal Task AnswerAsync(HttpContext context)
    {
        var exact = context.Request.Path.Value!.EndsWith(Path, StringComparison.Ordinal);
        context.Response.Headers.CacheControl = exact ? "public, max-age=31536000, immutable" : "no-cache";
        context.Response.ContentType = type;
        context.Response.ContentLength = content.Length;
        return HttpMethods.IsHead(context.Request.Method) ? Task.CompletedTask : context.Response.Body.WriteAsync(content, context.RequestAborted).AsTask();
    }
}
