using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using StackHub.Security;
using StackHub.Web.Security;

namespace StackHub.Web.SignIn;

/// <summary>
/// Who a request comes from: a session begun with a key, else the platform's principal. A session ends with its time, at sign-out, and
/// at once when its key is revoked: the key is looked up at every request, its roles with it.
/// </summary>
internal sealed class Visitors(SealedText seals, ApiKeyStore keys, IOptions<WebOptions> options, TimeProvider time)
{
    private const string SessionCookie = "stackhub-session";
    private const string VisitCookie = "stackhub-visit";
    private static readonly TimeSpan Visit = TimeSpan.FromHours(1);

    public async Task<Visitor> OfAsync(HttpContext context)
    {
        if (await BySessionAsync(context) is { } visitor)
            return visitor;
        if (options.Value.PlatformAuthentication && PlatformPrincipal.Read(context.Request.Headers) is { } caller)
            return new(caller, caller.Id) { ByPlatform = true };
        return context.Request.Cookies[VisitCookie] is { Length: > 0 } visit ? new(null, visit) : Visitor.Nobody;
    }

    /// <summary>A visitor whose browser keeps a secret of its own, for the form that signs in.</summary>
    public static Visitor Known(HttpContext context, Visitor visitor)
    {
        if (visitor.Secret.Length > 0)
            return visitor;
        var secret = Random();
        context.Response.Cookies.Append(VisitCookie, secret, CookieRules.For(context, Visit));
        return visitor with { Secret = secret };
    }

    public void Begin(HttpContext context, ApiKey key)
    {
        var session = new Session(key.Id, Random(), time.GetUtcNow() + options.Value.SessionLength);
        context.Response.Cookies.Append(SessionCookie, seals.Seal(SessionCookie, session.ToText()), CookieRules.For(context, options.Value.SessionLength));
    }

    public static void End(HttpContext context) => context.Response.Cookies.Delete(SessionCookie, CookieRules.For(context, TimeSpan.Zero));

    private async Task<Visitor?> BySessionAsync(HttpContext context)
    {
        if (context.Request.Cookies[SessionCookie] is not { } cookie || Session.Parse(seals.Open(SessionCookie, cookie)) is not { } session || session.Until <= time.GetUtcNow())
            return null;
        return await keys.GetAsync(session.KeyId, context.RequestAborted) is { RevokedAt: null } key ? new(new($"key:{key.Id}", key.Roles), session.Id) : null;
    }

    private static string Random() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
}
