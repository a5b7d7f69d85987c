using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using StackHub.Connecting;
using StackHub.Security;
using StackHub.Web.Paging;
using StackHub.Web.Security;

namespace StackHub.Web.Connectors;

/// <summary>The vendors the hub can talk to.</summary>
internal static class ConnectorEndpoints
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("connectors", List).WithName("listConnectors").WithTags("Connectors").Needs(Role.Viewer);

    /// <summary>What each connector says of itself: objects, scopes, limits, settings.</summary>
    internal static Ok<Page<ConnectorView>> List(IEnumerable<IConnectorFactory> factories) =>
        TypedResults.Ok(new Page<ConnectorView>([.. factories.Select(factory => ConnectorView.Of(factory.Info)).OrderBy(view => view.Vendor, StringComparer.Ordinal)], null));
}
