using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using StackHub.Configuration;
using StackHub.Lifecycle.Overrides;
using StackHub.Lifecycle.Reports;
using StackHub.Security;
using StackHub.Web.Records;
using StackHub.Web.Shell;

namespace StackHub.Web.Lifecycle;

/// <summary>The board of stages, with the funnel and what leaks from it.</summary>
internal static class LifecycleConsole
{
    private static readonly TimeSpan Period = TimeSpan.FromDays(90);

    private const int MostOverrides = 200;

    public static void Map(IEndpointRouteBuilder console)
    {
        console.MapGet("lifecycle", ShowAsync).Allows(Role.Viewer);
        OverrideConsole.Map(console);
    }

    internal static async Task<IResult> ShowAsync(HubModel model, LifecycleReports reports, OverrideStore overrides, RecordNames names, Actors actors, CancellationToken cancellationToken)
    {
        if (model.Lifecycle is null)
            return PageResult.Of<LifecyclePage>("Lifecycle", LifecycleModel.None);
        var report = LifecycleReportView.Of(await reports.ReportAsync(Period, Period, cancellationToken));
        OverrideView[] proposed = [.. (await overrides.ListAsync(MostOverrides, cancellationToken)).Where(one => one.State == OverrideState.Proposed).Select(OverrideView.Of)];
        return PageResult.Of<LifecyclePage>("Lifecycle", LifecycleModel.Of(report, [.. (await reports.FindingsAsync(cancellationToken)).Select(FindingView.Of)], proposed) with
        {
            Names = await names.OfAsync(report.Broken.Select(promise => promise.Person).Concat(proposed.Select(one => one.Person)), cancellationToken),
            People = await actors.OfAsync(proposed.Select(one => one.Proposed.By), cancellationToken),
        });
    }
}
