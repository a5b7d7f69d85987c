using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace StackHub.Web.Home;

/// <summary>A page that says what is here; it needs no script and no sign-in.</summary>
internal static class HomeEndpoints
{
    private static readonly string[] Reading = ["GET", "HEAD"];
    private static readonly byte[] Page = Embedded("Home/home.html");
    private static readonly byte[] Style = Embedded("Home/home.css");

    public static void Map(IEndpointRouteBuilder routes)
    {
        RequestDelegate root = context => RedirectAsync(context, "console/");
        RequestDelegate page = context => context.Request.Path.Value!.EndsWith('/') ? AnswerAsync(context, Page, "text/html; charset=utf-8") : RedirectAsync(context, "console/");
        RequestDelegate style = context => AnswerAsync(context, Style, "text/css; charset=utf-8");
        routes.MapMethods("/", Reading, root).ExcludeFromDescription();
        routes.MapMethods("console", Reading, page).ExcludeFromDescription();
        routes.MapMethods("console/home.css", Reading, style).ExcludeFromDescription();
    }

    private static Task RedirectAsync(HttpContext context, string place)
    {
        context.Response.Redirect(place);
        return Task.CompletedTask;
    }

    private static Task AnswerAsync(HttpContext context, byte[] content, string type)
    {
        context.Response.ContentType = type;
        context.Response.ContentLength = content.Length;
        return HttpMethods.IsHead(context.Request.Method) ? Task.CompletedTask : context.Response.Body.WriteAsync(content, context.RequestAborted).AsTask();
    }

    private static byte[] Embedded(string name)
    {
        using var stream = typeof(HomeEndpoints).Assembly.GetManifestResourceStream(name)!;
        var content = new byte[stream.Length];
        stream.ReadExactly(content);
        return content;
    }
}
