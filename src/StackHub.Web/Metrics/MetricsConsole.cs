using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using StackHub.Connecting;
using StackHub.Security;
using StackHub.Web.Overview;
using StackHub.Web.Shell;
using StackHub.Web.Systems;

namespace StackHub.Web.Metrics;

/// <summary>The page of the process's figures.</summary>
internal static class MetricsConsole
{
    private const string Endpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";

    public static void Map(IEndpointRouteBuilder console) => console.MapGet("metrics", ShowAsync).Allows(Role.Viewer);

    internal static async Task<IResult> ShowAsync(RunningFigures figures, OverviewReader reader, VendorBudget budget, IConfiguration settings, CancellationToken cancellationToken)
    {
        var limits = budget.Headroom().GroupBy(limit => limit.System.Name).ToDictionary(
            group => group.Key,
            IReadOnlyList<LimitUse> (group) => [.. group.Select(limit => new LimitUse(limit.Scope, limit.Window, limit.Free))]);
        return PageResult.Of<MetricsPage>("Metrics", MetricsModel.Of(figures, await reader.ReadAsync(cancellationToken), limits, CollectorOf(settings[Endpoint])));
    }

    /// <summary>Without what an address may carry beside the host: a user, a token.</summary>
    internal static string? CollectorOf(string? endpoint) => endpoint is not { Length: > 0 }
        ? null
        : Uri.TryCreate(endpoint, UriKind.Absolute, out var address) ? $"{address.Scheme}://{address.Host}:{address.Port}" : "an address that cannot be read";
}
