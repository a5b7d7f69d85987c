using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using StackHub.Configuration;
using StackHub.Privacy.Consent;
using StackHub.Web.SignIn;

namespace StackHub.Web.Intake;

/// <summary>Makes the frame of a visitor's page.</summary>
internal static class PublicFrames
{
    public static PublicFrame Of(HttpContext context)
    {
        var services = context.RequestServices;
        var visitor = context.Features.Get<Visitor>() ?? Visitor.Nobody;
        return new(PublicFrame.RootOf(context.Request.Path.Value!), services.GetRequiredService<FormProofs>().Of(visitor), services.GetRequiredService<HubModel>().Privacy.Intake, context.Features.Get<PrivacySignalReceipt>());
    }
}
