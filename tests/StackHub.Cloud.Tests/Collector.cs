using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace StackHub.Cloud.Tests;

/// <summary>An OTLP collector on loopback that keeps what it is sent (protobuf keeps texts as they are).</summary>
internal sealed class Collector : IAsyncDisposable
{
    private readonly WebApplication app;

    private Collector(WebApplication app) => this.app = app;

    public ConcurrentQueue<(string Path, string Body)> Received { get; } = new();

    public string Address => app.Urls.First();

    public string Sent(string path) => string.Concat(Received.Where(sent => sent.Path == path).Select(sent => sent.Body));

    public static async Task<Collector> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var collector = new Collector(builder.Build());
        collector.app.MapPost("/{**path}", collector.TakeAsync);
        await collector.app.StartAsync();
        return collector;
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private async Task<IResult> TakeAsync(HttpRequest request)
    {
        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body);
        Received.Enqueue((request.Path, Encoding.Latin1.GetString(body.ToArray())));
        return Results.Bytes([], "application/x-protobuf");
    }
}
