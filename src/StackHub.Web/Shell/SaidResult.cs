using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace StackHub.Web.Shell;

/// <summary>After a form: goes on to a page, which says what happened.</summary>
/// <param name="place">From "console/".</param>
/// <param name="words">Counts, names of systems and ids; never a record's values.</param>
public sealed class SaidResult(string place, string? words) : IResult, IStatusCodeHttpResult
{
    public int? StatusCode => StatusCodes.Status303SeeOther;

    public string? Words => words;

    public Task ExecuteAsync(HttpContext httpContext)
    {
        if (words is not null)
            httpContext.RequestServices.GetRequiredService<SaidCookie>().Put(httpContext, words);
        var root = Frames.RootOf(httpContext.Request.Path);
        httpContext.Response.StatusCode = StatusCodes.Status303SeeOther;
        httpContext.Response.Headers.Location = root.Length + place.Length == 0 ? "./" : root + place;
        return Task.CompletedTask;
    }
}
