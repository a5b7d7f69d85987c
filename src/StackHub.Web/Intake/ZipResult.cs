using Microsoft.AspNetCore.Http;

namespace StackHub.Web.Intake;

/// <summary>A package, part by part as it is opened.</summary>
internal sealed class ZipResult(IAsyncEnumerable<ReadOnlyMemory<byte>> content) : IResult
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.ContentType = "application/zip";
        httpContext.Response.Headers.ContentDisposition = "attachment; filename=\"your-data.zip\"";
        await foreach (var part in content.WithCancellation(httpContext.RequestAborted))
            await httpContext.Response.Body.WriteAsync(part, httpContext.RequestAborted);
    }
}
