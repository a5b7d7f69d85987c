using Microsoft.AspNetCore.Http;
using StackHub.Web.SignIn;

namespace StackHub.Web.Shell;

/// <summary>What an action did, on its way to the page that says so; shown once.</summary>
internal sealed class SaidCookie(SealedText seals)
{
    private const string Name = "stackhub-said";
    private static readonly TimeSpan Life = TimeSpan.FromMinutes(1);

    public void Put(HttpContext context, string words) => context.Response.Cookies.Append(Name, seals.Seal(Name, words), CookieRules.For(context, Life));

    public string? Take(HttpContext context)
    {
        if (context.Request.Cookies[Name] is not { } text)
            return null;
        context.Response.Cookies.Delete(Name, CookieRules.For(context, Life));
        return seals.Open(Name, text);
    }
}
