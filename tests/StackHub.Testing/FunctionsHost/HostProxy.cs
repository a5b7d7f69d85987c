using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;

namespace StackHub.Testing.FunctionsHost;

/// <summary>
/// The host's web side: passes what a function's route matches on to the handler, path and query untouched, with the host of the handler
/// and X-Forwarded headers of its own. An encoded slash is encoded once more on the way.
/// </summary>
internal sealed class HostProxy : IAsyncDisposable
{
    private const int Tries = 10;
    private static readonly string[] Hop = ["Host", "Connection", "Transfer-Encoding", "Keep-Alive", "Upgrade", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto"];
    private readonly HttpClient http = new(new SocketsHttpHandler { UseProxy = false, UseCookies = false, AllowAutoRedirect = false }) { Timeout = TimeSpan.FromSeconds(240) };
    private readonly HandlerProcess handler;
    private readonly WebApplication app;

    private HostProxy(HandlerProcess handler, WebApplication app)
    {
        this.handler = handler;
        this.app = app;
    }

    public static async Task<HostProxy> StartAsync(HandlerProcess handler, IEnumerable<FunctionDeclaration> functions, Uri address, CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls(address.ToString().TrimEnd('/'));
        builder.Logging.ClearProviders();
        var app = builder.Build();
        var proxy = new HostProxy(handler, app);
        foreach (var function in functions.Where(function => function.Type == "httpTrigger"))
            app.Map(function.Target, proxy.ForwardAsync);
        await app.StartAsync(cancellationToken);
        return proxy;
    }

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        http.Dispose();
    }

    private async Task ForwardAsync(HttpContext context)
    {
        try
        {
            using var answer = await SendAsync(context);
            context.Response.StatusCode = (int)answer.StatusCode;
            foreach (var (name, values) in answer.Headers.Concat(answer.Content.Headers).Where(header => header.Key is not "Transfer-Encoding"))
                context.Response.Headers[name] = values.ToArray();
            if (answer.Content.Headers.ContentLength is not 0 && !HttpMethods.IsHead(context.Request.Method) && (int)answer.StatusCode is not (204 or 304))
                await answer.Content.CopyToAsync(context.Response.Body, context.RequestAborted);
        }
        catch (Exception e) when (e is HttpRequestException or InvalidOperationException or IOException && !context.Response.HasStarted)
        {
            context.Response.StatusCode = StatusCodes.Status502BadGateway;
        }
    }

    private async Task<HttpResponseMessage> SendAsync(HttpContext context)
    {
        var body = await BodyAsync(context.Request);
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                var running = await handler.ReadyAsync(context.RequestAborted);
                using var request = Request(context.Request, running.Port, body);
                return await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, context.RequestAborted);
            }
            catch (HttpRequestException e) when (e.HttpRequestError == HttpRequestError.ConnectionError && attempt < Tries)
            {
                await Task.Delay(50, context.RequestAborted);
            }
        }
    }

    private static async Task<byte[]?> BodyAsync(HttpRequest request)
    {
        if (request.HttpContext.Features.Get<IHttpRequestBodyDetectionFeature>() is not { CanHaveBody: true })
            return null;
        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body, request.HttpContext.RequestAborted);
        return body.ToArray();
    }

    private static HttpRequestMessage Request(HttpRequest from, int port, byte[]? body)
    {
        var raw = from.HttpContext.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        var query = raw.IndexOf('?', StringComparison.Ordinal) is var at and >= 0 ? raw[at..] : "";
        var path = raw[..(raw.Length - query.Length)].Replace("%2F", "%252F", StringComparison.OrdinalIgnoreCase);
        var request = new HttpRequestMessage(new(from.Method), new Uri($"http://127.0.0.1:{port}{path}{query}", new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true }));
        if (body is not null)
            request.Content = new ByteArrayContent(body);
        foreach (var (name, values) in from.Headers.Where(header => !Hop.Contains(header.Key, StringComparer.OrdinalIgnoreCase)))
            if (!request.Headers.TryAddWithoutValidation(name, (IEnumerable<string?>)values))
                request.Content?.Headers.TryAddWithoutValidation(name, (IEnumerable<string?>)values);
        var invocation = HostId.New();
        request.Headers.Add("X-Azure-Functions-InvocationId", invocation);
        request.Headers.Add("x-ms-invocation-id", invocation);
        request.Headers.Add("X-Forwarded-For", from.HttpContext.Connection.RemoteIpAddress?.ToString());
        request.Headers.Add("X-Forwarded-Host", from.Host.Value);
        request.Headers.Add("X-Forwarded-Proto", from.Scheme);
        return request;
    }
}
