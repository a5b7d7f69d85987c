using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Options;
using StackHub.Security;
using StackHub.Web.Security;
using StackHub.Web.Shell;

namespace StackHub.Web.SignIn;

/// <summary>Signing in with a key, and out.</summary>
internal static partial class SignInEndpoints
{
    private const string Title = "Sign in";

    public static void Map(IEndpointRouteBuilder console)
    {
        console.MapGet("sign-in", Show).ForEveryone();
        console.MapPost("sign-in", SignInAsync).ForEveryone();
        console.MapPost("sign-out", SignOut).ForEveryone();
    }

    /// <summary>Where to sign in, and come back from to the page that was asked for.</summary>
    public static string PathFor(HttpContext context)
    {
        var wanted = HttpMethods.IsGet(context.Request.Method) ? context.Request.Path.Value!.TrimStart('/')["console".Length..].TrimStart('/') : "";
        return wanted.Length > 0 && IsPlace(wanted) ? $"sign-in?to={Uri.EscapeDataString(wanted)}" : "sign-in";
    }

    internal static PageResult Show(string? to, HttpContext context, Visitors visitors, IOptions<WebOptions> options) =>
        Page(context, new(Place(to), options.Value.PlatformAuthentication, null), StatusCodes.Status200OK);

    internal static async Task<IResult> SignInAsync(HttpContext context, ApiKeyStore keys, Visitors visitors, SignInFailures failures, IOptions<WebOptions> options, CancellationToken cancellationToken)
    {
        var to = Place(context.Request.Form["to"]);
        var address = CallerAddress.Of(context, options.Value);
        if (failures.Wait(address) is { } wait)
            return Refused($"Too many wrong keys came from your address. Try again in {Ages.Of(wait)}.", StatusCodes.Status429TooManyRequests);
        if (await keys.FindAsync(context.Request.Form["key"].ToString().Trim(), cancellationToken) is { } key)
        {
            visitors.Begin(context, key);
            return new SaidResult(to, null);
        }
        failures.Add(address);
        return Refused("This key is unknown or was revoked. A key begins with shk_ and is shown once, when it is made.", StatusCodes.Status401Unauthorized);

        PageResult Refused(string error, int status) => Page(context, new(to, options.Value.PlatformAuthentication, error), status);
    }

    internal static SaidResult SignOut(HttpContext context)
    {
        Visitors.End(context);
        return new("sign-in", "You are signed out.");
    }

    private static PageResult Page(HttpContext context, SignInModel model, int status)
    {
        var visitor = context.Features.Get<Visitor>()!;
        context.Features.Set(Visitors.Known(context, visitor) with { Caller = null });
        return new(typeof(SignInPage), Title, model) { Status = status };
    }

    private static string Place(string? to) => to is not null && IsPlace(to) ? to : "";

    /// <summary>An address of the console, and nothing that a browser could take for another site.</summary>
    private static bool IsPlace(string to) => to.Length <= 200 && Places().IsMatch(to) && !to.Contains("//", StringComparison.Ordinal);

    [GeneratedRegex(@"^[A-Za-z0-9][A-Za-z0-9\-/]*$")]
    private static partial Regex Places();
}
