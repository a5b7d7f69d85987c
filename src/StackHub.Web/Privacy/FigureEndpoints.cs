using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using StackHub.Configuration;
using StackHub.Privacy;
using StackHub.Privacy.Bulk;
using StackHub.Privacy.Clocks;
using StackHub.Privacy.Metrics;
using StackHub.Privacy.Receipts;
using StackHub.Privacy.Tasks;
using StackHub.Security;
using StackHub.Web.Errors;
using StackHub.Web.Security;

namespace StackHub.Web.Privacy;

/// <summary>What is known beside single requests: figures, records, laws, what connectors can do, alerts, keys; and requests by the list.</summary>
internal static class FigureEndpoints
{
    private const string Tag = "Privacy figures";
    private const int FirstYear = 2020;

    public static void Map(IEndpointRouteBuilder privacy)
    {
        privacy.MapGet("metrics", MetricsAsync).WithName("getPrivacyMetrics").WithTags(Tag).NeedsEither(Role.PrivacyOfficer, Role.Approver);
        privacy.MapGet("records.csv", RecordsAsync).WithName("exportPrivacyRecords").WithTags(Tag).Produces(200, contentType: "text/csv").Needs(Role.PrivacyOfficer);
        privacy.MapGet("capabilities", Capabilities).WithName("listPrivacyCapabilities").WithTags(Tag).NeedsEither(Role.PrivacyOfficer, Role.Approver);
        privacy.MapGet("laws", Laws).WithName("listPrivacyLaws").WithTags(Tag).NeedsEither(Role.PrivacyOfficer, Role.Approver);
        privacy.MapGet("alerts", AlertsAsync).WithName("listPrivacyAlerts").WithTags(Tag).NeedsEither(Role.PrivacyOfficer, Role.Approver);
        privacy.MapGet("receipt-keys", KeysAsync).WithName("getReceiptKeys").WithTags(Tag).NeedsEither(Role.PrivacyOfficer, Role.Approver);
        privacy.MapPost("bulk", BulkAsync).WithName("bulkPrivacyRequests").WithTags("Privacy requests").Accepts<string>("text/csv").Needs(Role.PrivacyOfficer, 409, 413, 415, 422);
    }

    /// <summary>California's figures of a year: received, complied with, denied, and the median days to an answer.</summary>
    /// <param name="year">A calendar year; last year unless told.</param>
    internal static async Task<Results<Ok<CcpaView>, ProblemResult>> MetricsAsync(string? year, RequestHistory history, TimeProvider time, CancellationToken cancellationToken)
    {
        var wanted = time.GetUtcNow().Year - 1;
        if (year is not null && (!int.TryParse(year, NumberStyles.None, CultureInfo.InvariantCulture, out wanted) || wanted < FirstYear || wanted > time.GetUtcNow().Year))
            return Problems.BadParameter("year", $"a year from {FirstYear} on that has begun");
        return TypedResults.Ok(CcpaView.Of(wanted, await history.CaliforniaAsync(cancellationToken)));
    }

    /// <summary>The record of requests that California has a business keep, as CSV: six fields a request, and nobody's name.</summary>
    internal static async Task<Results<FileContentHttpResult, ProblemResult>> RecordsAsync(RequestHistory history, CancellationToken cancellationToken) =>
        TypedResults.File(RecordExport.Csv(await history.CaliforniaAsync(cancellationToken)), "text/csv; charset=utf-8", "privacy-requests.csv");

    /// <summary>What each system can honestly do for a person, before anybody is promised anything.</summary>
    internal static Ok<IReadOnlyList<CapabilityView>> Capabilities(HubModel model) => TypedResults.Ok<IReadOnlyList<CapabilityView>>([.. CapabilityView.Of(model)]);

    /// <summary>The laws that requests may stand under, with their terms and places.</summary>
    internal static Ok<IReadOnlyList<LawView>> Laws(LawBook laws) => TypedResults.Ok<IReadOnlyList<LawView>>([.. laws.All.Select(LawView.Of)]);

    /// <summary>What officers have to look at, newest first.</summary>
    internal static async Task<Ok<IReadOnlyList<AlertView>>> AlertsAsync(OfficerAlerts alerts, CancellationToken cancellationToken) =>
        TypedResults.Ok<IReadOnlyList<AlertView>>([.. (await alerts.ListAsync(cancellationToken)).Select(AlertView.Of)]);

    /// <summary>The public keys that receipts are signed with, old ones too.</summary>
    internal static async Task<Ok<ReceiptKeysView>> KeysAsync(ReceiptSigner signer, CancellationToken cancellationToken) => TypedResults.Ok(await KeySetAsync(signer, cancellationToken));

    internal static async Task<ReceiptKeysView> KeySetAsync(ReceiptSigner signer, CancellationToken cancellationToken) =>
        new([.. (await signer.PublicKeysAsync(cancellationToken)).Keys.Select(key => new ReceiptKeyView(key.Kty, key.Crv, key.X, key.Y, key.Thumbprint()))]);

    /// <summary>Files a CSV's rows, each once however often the file comes; a bad row is told with its line and stops no other.</summary>
    /// <param name="dryRun">true: reads and checks, and files nothing.</param>
    /// <param name="map">Column by field, as field=column, where a column has none of the usual names.</param>
    internal static async Task<Results<Ok<BulkReport>, ProblemResult>> BulkAsync(string? dryRun, [FromQuery] string[]? map, HttpContext context, BulkIntake bulk, CancellationToken cancellationToken)
    {
        if (dryRun is not (null or "true" or "false"))
            return Problems.BadParameter("dryRun", "true or false");
        if (context.Request.ContentType?.StartsWith("text/csv", StringComparison.OrdinalIgnoreCase) != true)
            return Problems.WrongContentType();
        var mapping = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var pair in map ?? [])
            if (pair.Split('=', 2) is [{ Length: > 0 } field, { Length: > 0 } column])
                mapping[field] = column;
            else
                return Problems.BadParameter("map", "field=column");
        return TypedResults.Ok(await bulk.RunAsync(context.Request.Body, mapping, Caller.Of(context).Id, dryRun == "true", cancellationToken));
    }
}
