using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace StackHub.Web.Errors;

/// <summary>Answers with a problem.</summary>
public sealed class ProblemResult(Problem problem) : IResult, IStatusCodeHttpResult
{
    public Problem Problem => problem;

    public int? StatusCode => problem.Status;

    /// <summary>Whole seconds after which trying again makes sense.</summary>
    public int? RetryAfter { get; init; }

    /// <summary>For 401: how to present oneself.</summary>
    public string? Challenge { get; init; }

    public Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.StatusCode = problem.Status;
        response.Headers.CacheControl = "no-store";
        if (RetryAfter is { } seconds)
            response.Headers.RetryAfter = seconds.ToString(System.Globalization.CultureInfo.InvariantCulture);
        if (Challenge is not null)
            response.Headers.WWWAuthenticate = Challenge;
        return httpContext.Features.Get<IProblemWriter>() is { } writer ? writer.WriteAsync(httpContext, problem) : WriteJsonAsync(httpContext);
    }

    private Task WriteJsonAsync(HttpContext context)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(problem, ProblemJson.Default.Problem);
        context.Response.ContentType = Problem.ContentType;
        context.Response.ContentLength = body.Length;
        return context.Response.Body.WriteAsync(body, context.RequestAborted).AsTask();
    }
}
