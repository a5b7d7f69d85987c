using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using StackHub.Web.SignIn;

namespace StackHub.Web.Shell;

/// <summary>Makes the frame of a request's page.</summary>
internal static class Frames
{
    public static Frame Of(HttpContext context, string? section)
    {
        var visitor = context.Features.Get<Visitor>() ?? Visitor.Nobody;
        var services = context.RequestServices;
        return new(
            RootOf(context.Request.Path),
            section ?? SectionOf(context.Request.Path),
            visitor.Caller,
            services.GetRequiredService<FormProofs>().Of(visitor),
            services.GetRequiredService<SaidCookie>().Take(context),
            services.GetRequiredService<TimeProvider>().GetUtcNow())
        {
            ByPlatform = visitor.ByPlatform,
        };
    }

    /// <summary>Relative, so that a proxy may serve the hub under any path.</summary>
    public static string RootOf(PathString path) => path.Value!.Count(letter => letter == '/') switch
    {
        < 2 => "console/", // "/console"
        var parts => string.Concat(Enumerable.Repeat("../", parts - 2)),
    };

    private static string SectionOf(PathString path) => path.Value!.Split('/') is [_, _, var section, ..] ? section : "";
}
