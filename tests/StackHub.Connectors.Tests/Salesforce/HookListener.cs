using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.Extensions.Logging;
using StackHub.Connecting;

namespace StackHub.Connectors.Tests.Salesforce;

/// <summary>A hub that only listens: verifies, parses and answers as the receiver says.</summary>
internal sealed class HookListener(WebApplication app, IWebhookReceiver receiver) : IAsyncDisposable
{
    public List<Change> Changes { get; } = [];

    public List<SignatureVerdict> Verdicts { get; } = [];

    public static async Task<HookListener> StartAsync(IWebhookReceiver receiver)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var listener = new HookListener(app, receiver);
        app.MapPost("{**path}", listener.TakeAsync);
        await app.StartAsync(TestContext.Current.CancellationToken);
        return listener;
    }

    public Uri Address(string path) => new(new Uri(app.Urls.Single()), path);

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private async Task<IResult> TakeAsync(HttpRequest request)
    {
        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body);
        var webhook = new WebhookRequest(request.Method, request.GetEncodedUrl(), new Dictionary<string, string>(), body.ToArray());
        var verdict = receiver.Verify(webhook, DateTimeOffset.UnixEpoch);
        Verdicts.Add(verdict);
        if (verdict != SignatureVerdict.Valid)
            return Results.Unauthorized();
        Changes.AddRange(receiver.Parse(webhook.Body));
        return Results.Content(receiver.Accepted.Body!, receiver.Accepted.ContentType);
    }
}
