using System.Text;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;

namespace StackHub.Web.Shell;

/// <summary>Answers with a page.</summary>
public sealed class PageResult(Type page, string title, object model) : IResult, IStatusCodeHttpResult
{
    public int Status { get; init; } = StatusCodes.Status200OK;

    /// <summary>The navigation's entry; the first part of the address unless told.</summary>
    public string? Section { get; init; }

    public int? StatusCode => Status;

    /// <typeparam name="TPage">A page whose model is the type of <paramref name="model"/>.</typeparam>
    public static PageResult Of<TPage>(string title, object model) where TPage : IComponent => new(typeof(TPage), title, model);

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var frame = Frames.Of(httpContext, Section);
        var html = Encoding.UTF8.GetBytes(await PageHtml.RenderAsync(httpContext.RequestServices, page, title, model, frame));
        var response = httpContext.Response;
        response.StatusCode = Status;
        response.ContentType = "text/html; charset=utf-8";
        response.ContentLength = html.Length;
        await response.Body.WriteAsync(html, httpContext.RequestAborted);
    }
}
