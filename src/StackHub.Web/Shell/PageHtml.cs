using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace StackHub.Web.Shell;

/// <summary>
/// Draws a page to text. The renderer is used as it is: registering all of Razor components would bring data protection with it, which
/// keeps keys of its own in files that several instances do not share.
/// </summary>
public static class PageHtml
{
    public static async Task<string> RenderAsync(IServiceProvider services, Type page, string title, object model, Frame frame)
    {
        await using var renderer = new HtmlRenderer(services, (ILoggerFactory?)services.GetService(typeof(ILoggerFactory)) ?? NullLoggerFactory.Instance);
        var parameters = ParameterView.FromDictionary(new Dictionary<string, object?>
        {
            [nameof(Document.Frame)] = frame,
            [nameof(Document.Title)] = title,
            [nameof(Document.ChildContent)] = Body(page, model),
        });
        return await renderer.Dispatcher.InvokeAsync(async () => (await renderer.RenderComponentAsync<Document>(parameters)).ToHtmlString());
    }

    private static RenderFragment Body(Type page, object model) => builder =>
    {
        builder.OpenComponent(0, page);
        builder.AddComponentParameter(1, nameof(ConsolePage<object>.Model), model);
        builder.CloseComponent();
    };
}
