using System.Collections.Frozen;
using System.Text.Json;
using StackHub.Storage;
using StackHub.Triggers;

namespace StackHub.Functions.Invocation;

/// <summary>
/// Answers the Functions host: <c>POST /{FunctionName}</c> runs a message or a tick, <c>GET /</c> says that we are ready. Everybody else's
/// requests pass.
/// </summary>
internal sealed class Invocations(RequestDelegate next, HostedTriggers triggers, InvocationOptions options, IHostApplicationLifetime life, TimeProvider time, ILogger<Invocations> logger)
{
    /// <summary>For work that does not stop when it is told to.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);

    private static readonly FrozenDictionary<string, Trigger> Paths = TriggerTable.Hosted.ToFrozenDictionary(trigger => $"/{trigger.Name}", StringComparer.Ordinal);

    public Task InvokeAsync(HttpContext context)
    {
        if (!HostCall.Is(context))
            return next(context);
        if (context.Request.Path == "/")
            return Task.CompletedTask; // any answer will do, and a redirect would be followed
        return HttpMethods.IsPost(context.Request.Method) && Paths.TryGetValue(context.Request.Path.Value!, out var trigger) ? AnswerAsync(context, trigger) : next(context);
    }

    private async Task AnswerAsync(HttpContext context, Trigger trigger)
    {
        var invocation = context.Request.Headers["X-Azure-Functions-InvocationId"].ToString();
        try
        {
            await RunAsync(context, trigger, invocation);
            await InvocationAnswer.SucceedAsync(context);
        }
        catch (BadHttpRequestException)
        {
            logger.NotUnderstood(trigger.Name, invocation);
            await InvocationAnswer.FailAsync(context, StatusCodes.Status400BadRequest);
        }
        catch (Exception e) when (e is not OutOfMemoryException) // the host tries again; it is told no more than that
        {
            logger.InvocationFailed(trigger.Name, invocation, e.GetType().Name);
            await InvocationAnswer.FailAsync(context);
        }
    }

    private async Task RunAsync(HttpContext context, Trigger trigger, string invocation)
    {
        using var deadline = new CancellationTokenSource(options.Deadline, time);
        var work = trigger.Kind switch
        {
            TriggerKind.Queue => HandleAsync(context, trigger, invocation, deadline.Token),
            TriggerKind.Timer => TickAsync(trigger, deadline.Token),
            _ => throw new NotSupportedException("This Functions host does not know enableProxyingHttpRequest; a newer one is needed."),
        };
        await work.WaitAsync(options.Deadline + Grace, time);
    }

    private async Task HandleAsync(HttpContext context, Trigger trigger, string invocation, CancellationToken deadline)
    {
        var message = await ReadAsync(context, trigger.Binding, invocation) ?? throw new BadHttpRequestException("There is no message in it.");
        await triggers.HandleAsync(message, deadline, life.ApplicationStopping);
    }

    private async Task<QueueMessage?> ReadAsync(HttpContext context, string queue, string invocation)
    {
        try
        {
            using var body = await JsonDocument.ParseAsync(context.Request.Body, default, context.RequestAborted);
            return InvocationBody.Message(body.RootElement, queue, invocation, time.GetUtcNow());
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private async Task TickAsync(Trigger trigger, CancellationToken deadline)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline, life.ApplicationStopping);
        await triggers.TickAsync(trigger.Name, either.Token);
    }
}
