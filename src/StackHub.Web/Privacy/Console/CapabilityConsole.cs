using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using StackHub.Configuration;
using StackHub.Connecting;
using StackHub.Security;
using StackHub.Web.Shell;

namespace StackHub.Web.Privacy.Console;

/// <summary>What each tool can do for a person, to be read before anything is promised. It is of tools, so everybody may read it.</summary>
internal static class CapabilityConsole
{
    public static void Map(IEndpointRouteBuilder console) => console.MapGet("capabilities", Show).Allows(Role.Viewer);

    internal static IResult Show(IEnumerable<IConnectorFactory> factories, HubModel model) =>
        PageResult.Of<CapabilitiesPage>("Privacy capabilities", CapabilitiesModel.Of(factories.Select(factory => factory.Info), model));
}
