using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace StackHub.Sandbox.Tests;

/// <summary>Receives webhooks and keeps what came; refuses the first few when told to.</summary>
internal sealed class Receiver : IAsyncDisposable
{
    private readonly WebApplication app;
    private int refusals;

    private Receiver(int refusals, string reply)
    {
        this.refusals = refusals;
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        app = builder.Build();
        app.Run(async context =>
        {
            using var reader = new StreamReader(context.Request.Body);
            Posts.Enqueue((await reader.ReadToEndAsync(), context.Request.Headers.ToDictionary(pair => pair.Key, pair => pair.Value.ToString(), StringComparer.OrdinalIgnoreCase)));
            context.Response.StatusCode = Interlocked.Decrement(ref this.refusals) >= 0 ? 500 : 200;
            await context.Response.WriteAsync(reply);
        });
    }

    public ConcurrentQueue<(string Body, Dictionary<string, string> Headers)> Posts { get; } = [];

    public Uri Address => new(new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First()), "/hook");

    public static async Task<Receiver> StartAsync(int refusals = 0, string reply = "")
    {
        var receiver = new Receiver(refusals, reply);
        await receiver.app.StartAsync(TestContext.Current.CancellationToken);
        return receiver;
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();
}
