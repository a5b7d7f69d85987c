using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace StackHub.Benchmarks.Job1;

/// <summary>The two systems on one port: notes when each contact came to each, and what came twice.</summary>
internal sealed class Sink : IAsyncDisposable
{
    public const int Port = 9101;
    private readonly ConcurrentDictionary<string, long> crm = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, long> marketing = new(StringComparer.Ordinal);
    private readonly WebApplication app;
    private long last;
    private int duplicates;

    private Sink()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls($"http://127.0.0.1:{Port}");
        app = builder.Build();
        app.Run(TakeAsync);
    }

    public int Delivered => Math.Min(crm.Count, marketing.Count);

    public int Duplicates => duplicates;

    public long LastAt => Interlocked.Read(ref last);

    public static async Task<Sink> StartAsync()
    {
        var sink = new Sink();
        await sink.app.StartAsync();
        return sink;
    }

    /// <summary>When both systems had it; null while one has not.</summary>
    public long? ArrivedAt(string email) => crm.TryGetValue(email, out var first) && marketing.TryGetValue(email, out var second) ? Math.Max(first, second) : null;

    public async ValueTask DisposeAsync() => await app.DisposeAsync();

    private async Task TakeAsync(HttpContext context)
    {
        var now = Stopwatch.GetTimestamp();
        using var body = await JsonDocument.ParseAsync(context.Request.Body);
        var toCrm = context.Request.Path == "/sf/contacts";
        var email = body.RootElement.GetProperty(toCrm ? "Email" : "email_address").GetString()!;
        if (!(toCrm ? crm : marketing).TryAdd(email, now))
            Interlocked.Increment(ref duplicates);
        Interlocked.Exchange(ref last, now);
        context.Response.ContentLength = 2;
        await context.Response.Body.WriteAsync("{}"u8.ToArray());
    }
}
