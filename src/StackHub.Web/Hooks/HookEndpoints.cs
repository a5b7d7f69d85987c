using System.Buffers;
using System.Diagnostics;
using System.IO.Pipelines;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;
using StackHub.Configuration;
using StackHub.Connecting;
using StackHub.Web.Errors;
using StackHub.Webhooks;

namespace StackHub.Web.Hooks;

/// <summary>
/// Where vendors call. The body is read straight from the connection's buffers, nothing is bound, authorised or logged on the way: a
/// webhook is proved by its signature.
/// </summary>
internal sealed class HookEndpoints(WebhookIntake intake, HubModel model, ILogger<HookEndpoints> logger)
{
    public void Map(IEndpointRouteBuilder routes)
    {
        RequestDelegate take = TakeAsync;
        routes.MapPost("hooks/{system}", take).ExcludeFromDescription();
        routes.MapPost("hooks/{system}/{token}", take).ExcludeFromDescription();
    }

    private async Task TakeAsync(HttpContext context)
    {
        var request = context.Request;
        if (!HookContent.IsKnown(request.ContentType))
        {
            await Problems.WrongContentType().ExecuteAsync(context);
            return;
        }
        if (request.ContentLength > WebhookIntake.MaxBodyBytes || await ReadAsync(request.BodyReader, context.RequestAborted) is not { } body)
        {
            await Problems.TooLarge(WebhookIntake.MaxBodyBytes).ExecuteAsync(context);
            return;
        }
        try
        {
            await TakeAsync(context, body);
        }
        catch (Exception e) when (e is not (OutOfMemoryException or OperationCanceledException)) // the vendor keeps it and sends it again
        {
            logger.WebhookNotTaken(e.GetType().Name);
            await Problems.StoreDown().ExecuteAsync(context);
        }
        finally
        {
            request.BodyReader.AdvanceTo(body.End);
        }
    }

    private async Task TakeAsync(HttpContext context, ReadOnlySequence<byte> body)
    {
        var rented = body.IsSingleSegment ? null : ArrayPool<byte>.Shared.Rent((int)body.Length);
        try
        {
            if (rented is not null)
                body.CopyTo(rented);
            await TakeAsync(context, rented is null ? body.First : rented.AsMemory(0, (int)body.Length));
        }
        finally
        {
            if (rented is not null)
                ArrayPool<byte>.Shared.Return(rented, clearArray: true);
        }
    }

    private async Task TakeAsync(HttpContext context, ReadOnlyMemory<byte> body)
    {
        var system = (string)context.Request.RouteValues["system"]!;
        var webhook = new WebhookRequest(context.Request.Method, PublicUri.Of(context.Request, model.PublicBase), new HookHeaders(context.Request.Headers), body);
        switch (await intake.TakeAsync(system, webhook, context.RequestAborted))
        {
            case IntakeAnswer.Accepted accepted:
                await ReplyAsync(context, accepted.Reply);
                break;
            case IntakeAnswer.Refused refused:
                await new ProblemResult(new(refused.Status, refused.Code, "The webhook was refused", refused.Detail)).ExecuteAsync(context);
                break;
            default:
                throw new UnreachableException();
        }
    }

    private static async Task ReplyAsync(HttpContext context, WebhookReply reply)
    {
        var response = context.Response;
        response.StatusCode = reply.Status;
        if (reply.Body is not { Length: > 0 } text)
        {
            if (reply.Status is not (204 or 205))
                response.ContentLength = 0;
            return;
        }
        response.ContentType = reply.ContentType ?? "text/plain; charset=utf-8";
        response.ContentLength = Encoding.UTF8.GetByteCount(text);
        Encoding.UTF8.GetBytes(text, response.BodyWriter);
        await response.BodyWriter.FlushAsync(context.RequestAborted);
    }

    /// <summary>The whole body, still in the reader's buffers; null, and done with, when it is larger than allowed.</summary>
    private static async ValueTask<ReadOnlySequence<byte>?> ReadAsync(PipeReader reader, CancellationToken cancellationToken)
    {
        while (true)
        {
            var read = await reader.ReadAsync(cancellationToken);
            if (read.Buffer.Length > WebhookIntake.MaxBodyBytes)
            {
                reader.AdvanceTo(read.Buffer.End);
                return null;
            }
            if (read.IsCompleted)
                return read.Buffer;
            reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }
}
