using System.Globalization;
using StackHub.Privacy.Packages;

namespace StackHub.Privacy.Metrics;

/// <summary>The record that 11 CCR 7101 has a business keep, as CSV: its six named fields a request, oldest first.</summary>
public static class RecordExport
{
    private static readonly string[] Header = ["date of request", "nature of request", "manner of request", "date of response", "nature of response", "basis for denial"];

    public static byte[] Csv(IEnumerable<RequestOutcome> requests) => PackageCsv.Write(Header, requests.OrderBy(request => request.Received).ThenBy(request => request.Request, StringComparer.Ordinal).Select(Line));

    private static IEnumerable<string?> Line(RequestOutcome request) =>
    [
        Day(request.Received), PrivacyRequestKinds.Of(request.Kind), request.Manner, Day(request.Answered),
        request.Answer switch { null => "open", RequestAnswer.Denied => "denied", _ when request.DenialGround is not null => "complied with in part", _ => "complied with" },
        request.DenialGround,
    ];

    private static string? Day(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
