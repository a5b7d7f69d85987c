using System.Globalization;

namespace StackHub.Web.SignIn;

/// <summary>A sign-in with a key, as its cookie holds it: which key, never the key.</summary>
/// <param name="Id">Random; what the session's forms are bound to.</param>
internal sealed record Session(string KeyId, string Id, DateTimeOffset Until)
{
    public string ToText() => string.Create(CultureInfo.InvariantCulture, $"{KeyId}\n{Id}\n{Until.ToUnixTimeSeconds()}");

    public static Session? Parse(string? text) =>
        text?.Split('\n') is [var key, var id, var until] && long.TryParse(until, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            ? new(key, id, DateTimeOffset.FromUnixTimeSeconds(seconds))
            : null;
}
