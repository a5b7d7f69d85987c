using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using StackHub.Security;
using StackHub.Web.Security;
using StackHub.Web.SignIn;

namespace StackHub.Web.Shell;

/// <summary>The console's pages, files and sign-in; what leads there.</summary>
internal static class ShellEndpoints
{
    private static readonly string[] Reading = ["GET", "HEAD"];

    public static void Map(IEndpointRouteBuilder routes)
    {
        RequestDelegate root = context => RedirectAsync(context, "console/");
        routes.MapMethods("/", Reading, root).ExcludeFromDescription();
        var console = routes.MapGroup("console").ExcludeFromDescription();
        MapFile(console, "assets/console-{hash}.css", Asset.Style);
        MapFile(console, "assets/icon-{hash}.svg", Asset.Icon);
        SignInEndpoints.Map(console);
        foreach (var item in Navigation.Items)
            item.Map(console);
    }

    /// <summary>The role a page or a form needs; one without is answered to nobody.</summary>
    public static TBuilder Allows<TBuilder>(this TBuilder builder, Role role) where TBuilder : IEndpointConventionBuilder => builder.WithMetadata(new RequiredRole(role));

    /// <summary>The same where either of two roles will do.</summary>
    public static TBuilder AllowsEither<TBuilder>(this TBuilder builder, Role role, Role or) where TBuilder : IEndpointConventionBuilder => builder.WithMetadata(new RequiredRole(role, or));

    private static void MapFile(IEndpointRouteBuilder console, string pattern, Asset asset)
    {
        RequestDelegate answer = asset.AnswerAsync;
        console.MapMethods(pattern, Reading, answer).ForEveryone();
    }

    private static Task RedirectAsync(HttpContext context, string place)
    {
        context.Response.Redirect(place);
        return Task.CompletedTask;
    }
}
