using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;
using StackHub.Privacy.Consent;
using StackHub.Web.SignIn;

namespace StackHub.Web.Intake;

/// <summary>
/// Honours a visitor's Global Privacy Control: recorded once for a browser, which keeps a name of its own for that, and shown on every page.
/// A browser that stops sending it is still opted out.
/// </summary>
internal sealed class PrivacySignals(RecordConsent consent, TimeProvider time)
{
    private const string Cookie = "stackhub-browser";
    private const int NameSize = 16;
    private static readonly TimeSpan Kept = TimeSpan.FromDays(365);

    public async Task HonourAsync(HttpContext context, CancellationToken cancellationToken)
    {
        if (!GlobalPrivacyControl.IsOptOut(HeaderOf(context)))
            return;
        var now = time.GetUtcNow();
        if (BrowserOf(context) is { } known)
        {
            context.Features.Set(GlobalPrivacyControl.Receipt(now, new() { Browser = known }));
            return;
        }
        var browser = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(NameSize));
        if (await consent.SignalAsync(new() { Browser = browser }, HeaderOf(context), now, cancellationToken) is not { } receipt)
            return;
        context.Response.Cookies.Append(Cookie, browser, CookieRules.For(context, Kept));
        context.Features.Set(receipt);
    }

    /// <summary>The same for whoever says who they are on a form.</summary>
    public async Task HonourAsync(HttpContext context, string email, CancellationToken cancellationToken) =>
        await consent.SignalAsync(new() { Email = email, Browser = BrowserOf(context) }, HeaderOf(context), time.GetUtcNow(), cancellationToken);

    private static string? HeaderOf(HttpContext context) => context.Request.Headers.TryGetValue(GlobalPrivacyControl.Header, out var values) ? values.ToString() : null;

    private static string? BrowserOf(HttpContext context) =>
        context.Request.Cookies[Cookie] is { Length: NameSize * 2 } name && name.All(char.IsAsciiHexDigitLower) ? name : null;
}
