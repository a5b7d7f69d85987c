using Microsoft.AspNetCore.Http;

namespace StackHub.Web.Audit;

/// <summary>Answers with the report as a file to keep. Opened from here it may use its own style, and nothing else.</summary>
public sealed class AuditFileResult(AuditFile file) : IResult, IStatusCodeHttpResult, IContentTypeHttpResult
{
    public int? StatusCode => StatusCodes.Status200OK;

    public string? ContentType => file.ContentType;

    public Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.ContentType = file.ContentType;
        response.ContentLength = file.Content.Length;
        response.Headers.ContentDisposition = $"attachment; filename=\"{file.Name}\"";
        response.Headers.ContentSecurityPolicy = $"{AuditReportHtml.Policy}; frame-ancestors 'none'";
        return response.Body.WriteAsync(file.Content, httpContext.RequestAborted).AsTask();
    }
}
