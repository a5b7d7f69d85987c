using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace StackHub.Connectors.Tests.Erasing;

/// <summary>Keeps what a vendor's webhooks said.</summary>
internal sealed class Hook : IAsyncDisposable
{
    private readonly WebApplication app;

    private Hook(WebApplication app) => this.app = app;

    public ConcurrentQueue<string> Bodies { get; } = [];

    public Uri Address => new(new Uri(app.Urls.Single()), "/hook");

    public static async Task<Hook> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var hook = new Hook(builder.Build());
        hook.app.MapPost("{**path}", hook.TakeAsync);
        await hook.app.StartAsync(TestContext.Current.CancellationToken);
        return hook;
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private async Task<IResult> TakeAsync(HttpRequest request)
    {
        using var reader = new StreamReader(request.Body);
        Bodies.Enqueue(await reader.ReadToEndAsync());
        return Results.Ok();
    }
}
