using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using StackHub.Configuration;
using StackHub.Lifecycle.Reports;
using StackHub.Security;
using StackHub.Web.Errors;
using StackHub.Web.Paging;
using StackHub.Web.Records;
using StackHub.Web.Security;

namespace StackHub.Web.Lifecycle;

/// <summary>Stages of people, and what becomes of all of them together.</summary>
internal static class LifecycleEndpoints
{
    private const int MostDays = 3_650;

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("lifecycle", ReportAsync).WithName("getLifecycle").WithTags("Lifecycle").Needs(Role.Viewer, 404);
        api.MapGet("lifecycle/findings", FindingsAsync).WithName("listLifecycleFindings").WithTags("Lifecycle").Needs(Role.Viewer);
        api.MapGet("records/{id}/lifecycle", PersonAsync).WithName("getRecordLifecycle").WithTags("Lifecycle").Needs(Role.Viewer, 404);
    }

    /// <summary>The board, conversion by cohort, leaks, and how far the tools agree.</summary>
    /// <param name="days">Who entered a stage in the last so many days is counted; 90 unless told.</param>
    /// <param name="within">Days in which a cohort has to come on; 90 unless told.</param>
    internal static async Task<Results<Ok<LifecycleReportView>, ProblemResult>> ReportAsync(int? days, int? within, HubModel model, LifecycleReports reports, CancellationToken cancellationToken)
    {
        if (days is < 1 or > MostDays)
            return Problems.BadParameter("days", $"a number from 1 to {MostDays}");
        if (within is < 1 or > MostDays)
            return Problems.BadParameter("within", $"a number from 1 to {MostDays}");
        return model.Lifecycle is null
            ? Problems.NotFound("lifecycle")
            : TypedResults.Ok(LifecycleReportView.Of(await reports.ReportAsync(TimeSpan.FromDays(days ?? 90), TimeSpan.FromDays(within ?? 90), cancellationToken)));
    }

    /// <summary>What a person has to mend: words of systems that mean no stage, opportunities without a role, stages a system does not show.</summary>
    internal static async Task<Ok<Page<FindingView>>> FindingsAsync(LifecycleReports reports, CancellationToken cancellationToken) =>
        TypedResults.Ok(new Page<FindingView>([.. (await reports.FindingsAsync(cancellationToken)).Select(FindingView.Of)], null));

    /// <summary>A person's journeys: stages, who said so, what was not followed, and the promises that run.</summary>
    /// <param name="id">The person's record id.</param>
    internal static async Task<Results<Ok<PersonLifecycleView>, ProblemResult>> PersonAsync(string id, LifecycleReports reports, CancellationToken cancellationToken)
    {
        if (Queries.Id(id) is not { } record)
            return Queries.BadId;
        return await reports.PersonAsync(record, cancellationToken) is { } person ? TypedResults.Ok(PersonLifecycleView.Of(person)) : Problems.NotFound("lifecycle");
    }
}
