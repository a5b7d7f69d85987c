using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using StackHub.Security;
using StackHub.Web.Shell;

namespace StackHub.Web.Overview;

/// <summary>The console's first page.</summary>
internal static class OverviewConsole
{
    public static void Map(IEndpointRouteBuilder console) => console.MapGet("", ShowAsync).Allows(Role.Viewer);

    internal static async Task<IResult> ShowAsync(OverviewReader reader, CancellationToken cancellationToken) =>
        PageResult.Of<OverviewPage>("Overview", OverviewModel.Of(await reader.ReadAsync(cancellationToken)));
}
