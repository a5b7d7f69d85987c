using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;
using StackHub.Sandbox.Faults;

namespace StackHub.Sandbox.Hosting;

/// <summary>The Kestrel listener of one vendor: every call passes faults, sign-in and limits before its handler.</summary>
internal sealed class VendorListener(VendorSandbox vendor, int port) : IAsyncDisposable
{
    private WebApplication? app;

    public Uri Address { get; private set; } = new("http://127.0.0.1:0");

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        app = Loopback.Build(port, connection => vendor.Faults is { Down: true, DownRefusesConnections: true } ? Refuse(connection) : true);
        foreach (var endpoint in vendor.Endpoints)
            app.MapMethods(endpoint.Route, [endpoint.Method], context => ServeAsync(context, endpoint));
        app.MapFallback("{**path}", LostAsync);
        await app.StartAsync(cancellationToken);
        Address = Loopback.AddressOf(app);
    }

    public ValueTask DisposeAsync() => app?.DisposeAsync() ?? ValueTask.CompletedTask;

    private static bool Refuse(ConnectionContext connection)
    {
        connection.Abort();
        return false;
    }

    private async Task ServeAsync(HttpContext context, Endpoint endpoint)
    {
        var body = await ReadAsync(context);
        using var call = new Call(context, endpoint, body);
        using var flight = vendor.Stats.Arrive(call.Operation);
        var fate = vendor.Faults.Next(endpoint.IsSignIn);
        if (fate.Latency > TimeSpan.Zero)
            await Task.Delay(fate.Latency, context.RequestAborted);
        if (fate.Kind == FaultKind.DropBefore)
        {
            context.Abort();
            return;
        }

        var answer = Answered(call, fate);
        vendor.Stats.Count(call.Operation, call.Records, answer.Status);
        if (fate.Kind == FaultKind.DropAfter)
        {
            context.Abort();
            return;
        }

        await WriteAsync(context, answer, body);
    }

    private async Task LostAsync(HttpContext context) =>
        await WriteAsync(context, vendor.NotFound(context.Request.Method, context.Request.Path), await ReadAsync(context));

    private Answer Answered(Call call, Fate fate)
    {
        if (fate.Kind == FaultKind.Down)
            return vendor.Unavailable();
        if (!call.Endpoint.IsSignIn && vendor.RetryAfter.Remaining is { } wait)
        {
            if (vendor.RetryAfter.IsBreach)
                vendor.Stats.Violate("retry-after", $"{call.Operation} came {wait.TotalMilliseconds:0} ms too early");
            return Throttle(wait);
        }

        if (fate.Kind == FaultKind.Throttle)
            return Throttle(fate.RetryAfter);
        if (fate.Kind == FaultKind.ServerError)
            return vendor.ServerError();
        lock (vendor.Gate)
            return vendor.Stamp(call, Handled(call));
    }

    private Answer Throttle(TimeSpan wait)
    {
        vendor.RetryAfter.Issue(wait);
        return vendor.Throttled(wait);
    }

    private Answer Handled(Call call)
    {
        try
        {
            if (vendor.Refuse(call) is { } refusal)
                return refusal;
            if (call.HasBody && !call.Endpoint.Takes(call.ContentType))
                return vendor.BadContentType(call.ContentType);
            return call.Endpoint.Handle(call);
        }
        catch (VendorRefusal refusal)
        {
            return refusal.Answer;
        }
        catch (JsonException problem)
        {
            return vendor.BadJson(problem);
        }
        catch (Exception fault) when (fault is InvalidOperationException or ArgumentException or KeyNotFoundException or NullReferenceException)
        {
            // The sandbox's own mistake must not look like the vendor's: tests that assert no violations then fail.
            vendor.Stats.Violate("sandbox-fault", $"{call.Operation}: {fault}");
            return vendor.ServerError();
        }
    }

    private static async Task<ReadOnlyMemory<byte>> ReadAsync(HttpContext context)
    {
        if (context.Request.ContentLength is null or 0 && !context.Request.Headers.ContainsKey("Transfer-Encoding"))
            return ReadOnlyMemory<byte>.Empty;
        using var memory = new MemoryStream((int)(context.Request.ContentLength ?? 4096));
        await context.Request.Body.CopyToAsync(memory, context.RequestAborted);
        return memory.TryGetBuffer(out var buffer) ? buffer.AsMemory() : memory.ToArray();
    }

    private async Task WriteAsync(HttpContext context, Answer answer, ReadOnlyMemory<byte> requestBody)
    {
        var response = context.Response;
        response.StatusCode = answer.Status;
        response.Headers.Date = vendor.Clock.Now.ToString("R");
        foreach (var (name, value) in answer.Headers)
            response.Headers[name] = value;
        var body = await Loopback.WriteBodyAsync(response, answer);
        if (vendor.IsOverheard)
            vendor.Tell(Overheard(context, requestBody, body));
    }

    private Exchange Overheard(HttpContext context, ReadOnlyMemory<byte> requestBody, ReadOnlyMemory<byte> responseBody) =>
        new(vendor.Name, context.Request.Method, context.Request.GetEncodedPathAndQuery(), Named(context.Request.Headers), requestBody)
        {
            Status = context.Response.StatusCode,
            ResponseHeaders = Named(context.Response.Headers),
            ResponseBody = responseBody,
        };

    private static Dictionary<string, string> Named(IHeaderDictionary headers) =>
        headers.ToDictionary(header => header.Key.ToLowerInvariant(), header => header.Value.ToString());
}
