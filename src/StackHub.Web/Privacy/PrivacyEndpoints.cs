using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Builder;

namespace StackHub.Web.Privacy;

/// <summary>api/privacy: officers file and handle, approvers approve; nobody else sees anything of it.</summary>
internal static class PrivacyEndpoints
{
    public static void Map(IEndpointRouteBuilder api)
    {
        var privacy = api.MapGroup("privacy");
        RequestEndpoints.Map(privacy);
        WorkEndpoints.Map(privacy);
        FigureEndpoints.Map(privacy);
        ConsentEndpoints.Map(privacy);
    }
}
