using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using StackHub.Privacy.Intake;
using StackHub.Privacy.Packages;
using StackHub.Privacy.Verification;
using StackHub.Web.Errors;

namespace StackHub.Web.Intake;

/// <summary>Downloads by the link to one person's package: a code shows again who asks, and every download is noted.</summary>
internal static class PackageEndpoints
{
    private const string Title = "Your data";

    public static void Map(IEndpointRouteBuilder form)
    {
        form.MapGet("package/{reference}/{link}", ShowAsync);
        form.MapPost("package/code", AskAsync);
        form.MapPost("package", DownloadAsync);
        form.MapPost("package/open", OpenAsync);
    }

    private static async Task<IResult> ShowAsync(string reference, string link, string? sent, PackageStore packages, CancellationToken cancellationToken) =>
        (await packages.OpenAsync(link, null, cancellationToken)).Access is PackageAccess.ShowWhoYouAre
            ? PublicPageResult.Of<ShowCodePage>(Title, new ShowCodeModel(IntakeEndpoints.Known(reference), link, sent is not null))
            : Refused((await packages.OpenAsync(link, null, cancellationToken)).Access);

    private static async Task<IResult> AskAsync(HttpContext context, IntakeDesk desk, CancellationToken cancellationToken)
    {
        var form = context.Request.Form;
        await desk.AskAsync(form["reference"], cancellationToken);
        return new GoResult($"package/{IntakeEndpoints.Known(form["reference"]) ?? "unknown"}/{Uri.EscapeDataString(form["link"].ToString())}?sent=1");
    }

    private static async Task<IResult> DownloadAsync(HttpContext context, IntakeDesk desk, IntakePerson person, PackageStore packages, CancellationToken cancellationToken)
    {
        var form = context.Request.Form;
        var link = form["link"].ToString();
        if (await desk.OpenAsync(form["reference"], form["code"], cancellationToken) is { } request)
            return Answer(await packages.OpenAsync(link, await person.ShownAsync(request, cancellationToken), cancellationToken));
        return PublicPageResult.Of<ShowCodePage>(Title, new ShowCodeModel(IntakeEndpoints.Known(form["reference"]), link, false) { Problem = PublicAnswer.To(new Confirmation.Expired()).Text }, StatusCodes.Status422UnprocessableEntity);
    }

    private static async Task<IResult> OpenAsync(HttpContext context, IntakePerson person, PackageStore packages, CancellationToken cancellationToken) =>
        person.Open(context.Request.Form["pass"].ToString()) is var (shown, link) ? Answer(await packages.OpenAsync(link, shown, cancellationToken)) : Problems.StaleForm();

    private static IResult Answer(PackageDownload download) => download.Content is { } content ? new ZipResult(content) : Refused(download.Access);

    private static PublicPageResult Refused(PackageAccess access) => access switch
    {
        PackageAccess.Gone => Page("The link is over", "Its time is over, or what it led to was deleted. Ask for a new copy.", StatusCodes.Status410Gone),
        PackageAccess.NotYours => Page("This is somebody else's", "The code was for another request than the one this link belongs to.", StatusCodes.Status403Forbidden),
        PackageAccess.ShowWhoYouAre => Page("Show again that it is you", "It took longer than a quarter of an hour. Get a new code, and download again.", StatusCodes.Status401Unauthorized),
        _ => Page("There is no such link", "Check that it was copied as a whole.", StatusCodes.Status404NotFound),
    };

    private static PublicPageResult Page(string title, string text, int status) => PublicPageResult.Of<MessagePage>(Title, new MessageModel(title, text, ("status", "How far is my request?")), status);
}
