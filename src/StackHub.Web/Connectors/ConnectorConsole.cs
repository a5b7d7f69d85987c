using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using StackHub.Configuration;
using StackHub.Connecting;
using StackHub.Security;
using StackHub.Web.Shell;

namespace StackHub.Web.Connectors;

/// <summary>The page of what the hub can talk to.</summary>
internal static class ConnectorConsole
{
    public static void Map(IEndpointRouteBuilder console) => console.MapGet("connectors", Show).Allows(Role.Viewer);

    internal static IResult Show(IEnumerable<IConnectorFactory> factories, HubModel model) =>
        PageResult.Of<ConnectorsPage>("Connectors", ConnectorsModel.Of(factories.Select(factory => factory.Info), model));
}
