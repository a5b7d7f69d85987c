using System.Text;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace StackHub.Web.Intake;

/// <summary>Answers with a public page.</summary>
internal sealed class PublicPageResult(Type page, string title, object model) : IResult, IStatusCodeHttpResult
{
    public int Status { get; init; } = StatusCodes.Status200OK;

    public int? StatusCode => Status;

    /// <typeparam name="TPage">A page whose model is the type of <paramref name="model"/>.</typeparam>
    public static PublicPageResult Of<TPage>(string title, object model, int status = StatusCodes.Status200OK) where TPage : IComponent => new(typeof(TPage), title, model) { Status = status };

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var html = Encoding.UTF8.GetBytes(await RenderAsync(httpContext.RequestServices, PublicFrames.Of(httpContext)));
        var response = httpContext.Response;
        response.StatusCode = Status;
        response.ContentType = "text/html; charset=utf-8";
        response.ContentLength = html.Length;
        await response.Body.WriteAsync(html, httpContext.RequestAborted);
    }

    private async Task<string> RenderAsync(IServiceProvider services, PublicFrame frame)
    {
        await using var renderer = new HtmlRenderer(services, services.GetRequiredService<ILoggerFactory>());
        var parameters = ParameterView.FromDictionary(new Dictionary<string, object?>
        {
            [nameof(PublicDocument.Frame)] = frame,
            [nameof(PublicDocument.Title)] = title,
            [nameof(PublicDocument.ChildContent)] = (RenderFragment)Body,
        });
        return await renderer.Dispatcher.InvokeAsync(async () => (await renderer.RenderComponentAsync<PublicDocument>(parameters)).ToHtmlString());
    }

    private void Body(Microsoft.AspNetCore.Components.Rendering.RenderTreeBuilder builder)
    {
        builder.OpenComponent(0, page);
        builder.AddComponentParameter(1, nameof(PublicPage<object>.Model), model);
        builder.CloseComponent();
    }
}
