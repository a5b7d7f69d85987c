using Microsoft.AspNetCore.Http;

namespace StackHub.Web.SignIn;

/// <summary>How every cookie of the console is set: no script reads it, no other site sends it, no plain connection carries it where there is a better one.</summary>
internal static class CookieRules
{
    public static CookieOptions For(HttpContext context, TimeSpan life) => new()
    {
        HttpOnly = true,
        SameSite = SameSiteMode.Strict,
        Secure = context.Request.IsHttps || context.Request.Headers["X-Forwarded-Proto"].ToString().StartsWith("https", StringComparison.OrdinalIgnoreCase),
        MaxAge = life,
        Path = "/", // the hub does not know the path under which a proxy serves it
        IsEssential = true,
    };
}
