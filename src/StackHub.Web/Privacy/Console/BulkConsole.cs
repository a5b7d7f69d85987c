using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using StackHub.Privacy.Bulk;
using StackHub.Security;
using StackHub.Web.Security;
using StackHub.Web.Shell;
using StackHub.Web.SignIn;

namespace StackHub.Web.Privacy.Console;

/// <summary>Requests by the list: a file is looked at first and filed when its officer says so. In between it is in their page, and nowhere in the hub.</summary>
internal static class BulkConsole
{
    /// <summary>The file as text of a form, and what else is in it.</summary>
    private static readonly FormSize Large = new(2 * BulkModel.LargestFile);

    public static void Map(IEndpointRouteBuilder console)
    {
        console.MapGet("privacy/bulk", () => Upload()).Allows(Role.PrivacyOfficer);
        console.MapPost("privacy/bulk", ReadAsync).WithMetadata(Large).Allows(Role.PrivacyOfficer);
        console.MapPost("privacy/bulk/check", CheckAsync).WithMetadata(Large).Allows(Role.PrivacyOfficer);
        console.MapPost("privacy/bulk/file", FileAsync).WithMetadata(Large).Allows(Role.PrivacyOfficer);
    }

    internal static async Task<IResult> ReadAsync(HttpContext context, BulkIntake bulk, CancellationToken cancellationToken)
    {
        if (context.Request.Form.Files.GetFile("list") is not { Length: > 0 } sent)
            return Upload("Choose a file that is not empty.");
        if (sent.Length > BulkModel.LargestFile)
            return Upload($"The file is larger than {BulkModel.LargestFile / 1024} KB. Part it, or file it by 'stackhub privacy bulk'.");
        using var content = new MemoryStream();
        await sent.CopyToAsync(content, cancellationToken);
        var report = await RunAsync(bulk, content.ToArray(), new Dictionary<string, string>(), context, dryRun: true, cancellationToken);
        return report.Header.Count > 0 ? Looked(new(Convert.ToBase64String(content.ToArray()), report)) : Upload(report.Problems[0]);
    }

    internal static async Task<IResult> CheckAsync(HttpContext context, BulkIntake bulk, CancellationToken cancellationToken) =>
        await LookAsync(context, bulk, cancellationToken) is { } model ? Looked(model) : Upload("The file came back changed. Upload it again.");

    /// <summary>Exactly what was looked at: with other columns it is looked at again first.</summary>
    internal static async Task<IResult> FileAsync(HttpContext context, BulkIntake bulk, CancellationToken cancellationToken)
    {
        var form = context.Request.Form;
        if (await LookAsync(context, bulk, cancellationToken) is not { } model)
            return Upload("The file came back changed. Upload it again.");
        if (form["looked"] != model.Looked || model.Report.Problems.Count > 0)
            return Looked(model with { Changed = true });
        var report = await RunAsync(bulk, Convert.FromBase64String(model.Content), Mapping(form), context, dryRun: false, cancellationToken);
        return PageResult.Of<BulkFiledPage>("A list was filed", report);
    }

    private static async Task<BulkModel?> LookAsync(HttpContext context, BulkIntake bulk, CancellationToken cancellationToken)
    {
        var form = context.Request.Form;
        var content = new byte[BulkModel.LargestFile];
        if (!Convert.TryFromBase64String(form["content"].ToString(), content, out var length) || length == 0)
            return null;
        var report = await RunAsync(bulk, content[..length], Mapping(form), context, dryRun: true, cancellationToken);
        return report.Header.Count > 0 ? new(form["content"].ToString(), report) { Chosen = Mapping(form) } : null;
    }

    private static Task<BulkReport> RunAsync(BulkIntake bulk, byte[] content, IReadOnlyDictionary<string, string> mapping, HttpContext context, bool dryRun, CancellationToken cancellationToken) =>
        bulk.RunAsync(new MemoryStream(content), mapping, Caller.Of(context).Id, dryRun, cancellationToken);

    private static Dictionary<string, string> Mapping(IFormCollection form) =>
        BulkColumns.FieldNames.Where(field => form.ContainsKey(BulkModel.NameOf(field))).ToDictionary(field => field, field => form[BulkModel.NameOf(field)].ToString(), StringComparer.Ordinal);

    private static IResult Upload(string? problem = null) =>
        new PageResult(typeof(BulkPage), "Upload a list", new BulkUploadModel(problem)) { Status = problem is null ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest };

    private static PageResult Looked(BulkModel model) => PageResult.Of<BulkLookPage>("Look at the list", model);
}
