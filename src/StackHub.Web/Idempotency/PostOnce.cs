using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using StackHub.Web.Errors;
using StackHub.Web.Security;

namespace StackHub.Web.Idempotency;

/// <summary>
/// Reads a POST's body within its limit, and where the caller gave an Idempotency-Key carries the request out once: the same request
/// gets the same answer, another one under the same key is refused. An answer of 500 or more frees the key.
/// </summary>
internal sealed class PostOnce(RequestDelegate next, IdempotencyStore store)
{
    public const string Header = "Idempotency-Key";
    public const int MaxBodyBytes = 64 * 1024;
    private const int MaxKey = 200;

    /// <summary>Larger answers than a row's property holds are not kept; none of ours comes near.</summary>
    private const int MaxAnswer = 60 * 1024;

    public async Task InvokeAsync(HttpContext context)
    {
        if (!HttpMethods.IsPost(context.Request.Method) || context.Features.Get<Caller>() is not { } caller)
        {
            await next(context);
            return;
        }
        if (await BodyAsync(context.Request, context.RequestAborted) is not { } body)
        {
            await Problems.TooLarge(MaxBodyBytes).ExecuteAsync(context);
            return;
        }
        context.Request.Body = new MemoryStream(body, writable: false);
        context.Request.ContentLength = body.Length;
        var header = context.Request.Headers[Header];
        if (header.Count == 0)
            await next(context);
        else if (header is not [{ Length: > 0 and <= MaxKey } key] || key.AsSpan().ContainsAnyExceptInRange('!', '~'))
            await Problems.BadParameter(Header, $"1 to {MaxKey} visible ASCII characters, such as a UUID").ExecuteAsync(context);
        else
            await OnceAsync(context, await store.ClaimAsync(caller.Id, key, RequestOf(context.Request, body), context.RequestAborted));
    }

    private Task OnceAsync(HttpContext context, IdempotencyEntry entry) => entry switch
    {
        IdempotencyEntry.Mine mine => RunAsync(context, mine),
        IdempotencyEntry.Answered answered => RepeatAsync(context, answered.Answer),
        IdempotencyEntry.OtherRequest => Problems.KeyReused().ExecuteAsync(context),
        _ => Problems.InProgress().ExecuteAsync(context),
    };

    private async Task RunAsync(HttpContext context, IdempotencyEntry.Mine mine)
    {
        using var kept = new MemoryStream();
        var carriedOut = false;
        try
        {
            await IntoAsync(kept, context);
            carriedOut = context.Response.StatusCode < 500 && kept.Length <= MaxAnswer;
        }
        finally
        {
            if (!carriedOut)
                await store.LetGoAsync(mine, CancellationToken.None);
        }
        var response = context.Response;
        if (carriedOut)
            await store.AnswerAsync(mine, new(response.StatusCode, response.ContentType, response.Headers.Location, kept.ToArray()), CancellationToken.None);
        kept.Position = 0;
        await kept.CopyToAsync(response.Body, context.RequestAborted);
    }

    /// <summary>Carries the request out and keeps its answer from the wire until it is stored.</summary>
    private async Task IntoAsync(Stream kept, HttpContext context)
    {
        var wire = context.Features.GetRequiredFeature<IHttpResponseBodyFeature>();
        var body = new StreamResponseBodyFeature(kept);
        context.Features.Set<IHttpResponseBodyFeature>(body);
        try
        {
            await next(context);
            await body.CompleteAsync();
        }
        finally
        {
            context.Features.Set(wire);
        }
    }

    private static Task RepeatAsync(HttpContext context, StoredAnswer answer)
    {
        var response = context.Response;
        response.StatusCode = answer.Status;
        response.ContentType = answer.ContentType;
        response.Headers.Location = answer.Location;
        response.Headers["Idempotency-Replayed"] = "true";
        if (answer.Body.Length == 0)
            return Task.CompletedTask;
        response.ContentLength = answer.Body.Length;
        return response.Body.WriteAsync(answer.Body, context.RequestAborted).AsTask();
    }

    private static string RequestOf(HttpRequest request, byte[] body) => $"{request.Path}\n{request.QueryString}\n{Convert.ToBase64String(body)}";

    private static async Task<byte[]?> BodyAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (request.ContentLength > MaxBodyBytes)
            return null;
        using var body = new MemoryStream();
        var buffer = new byte[4 * 1024];
        for (int read; (read = await request.Body.ReadAsync(buffer, cancellationToken)) > 0;)
        {
            body.Write(buffer, 0, read);
            if (body.Length > MaxBodyBytes)
                return null;
        }
        return body.ToArray();
    }
}
