using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using StackHub.Web.Shell;

namespace StackHub.Web.Audit;

/// <summary>The report as one file that needs nothing else: its style and pictures are in it, and it has no script.</summary>
public static class AuditReportHtml
{
    /// <summary>The console's own style, so that both look alike, and what a page on paper needs.</summary>
    internal static readonly string Style = Asset.Style.Text + Asset.Report.Text;

    /// <summary>Allows that style and nothing else, from wherever the file is opened.</summary>
    public static readonly string Policy = $"default-src 'none'; style-src 'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Style)))}'; base-uri 'none'; form-action 'none'";

    public static async Task<string> RenderAsync(AuditModel model)
    {
        await using var services = new ServiceCollection().BuildServiceProvider();
        await using var renderer = new HtmlRenderer(services, NullLoggerFactory.Instance);
        var parameters = ParameterView.FromDictionary(new Dictionary<string, object?> { [nameof(AuditReportDocument.Model)] = model });
        return await renderer.Dispatcher.InvokeAsync(async () => (await renderer.RenderComponentAsync<AuditReportDocument>(parameters)).ToHtmlString());
    }
}
