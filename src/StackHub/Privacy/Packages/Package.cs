namespace StackHub.Privacy.Packages;

/// <summary>A package that was built, without its content.</summary>
/// <param name="Parts">Sealed blobs it lies in.</param>
/// <param name="Sha256">Of the whole archive, in hexadecimal.</param>
public sealed record Package(string Id, string Request, string Subject, DateTimeOffset CreatedAt, DateTimeOffset ExpiresAt, int Parts, long Bytes, string Sha256)
{
    /// <summary>False while it is being built, and after a build that died.</summary>
    public bool IsReady => Sha256.Length > 0;

    /// <summary>How often it was downloaded.</summary>
    public int Reads { get; init; }
}

/// <summary>Whether somebody with a link gets the package.</summary>
public abstract record PackageAccess
{
    private PackageAccess()
    {
    }

    /// <param name="After">To be saved before the first byte goes.</param>
    public sealed record Granted(Package After) : PackageAccess;

    /// <summary>No link of this hub (404).</summary>
    public sealed record NoLink : PackageAccess;

    /// <summary>Its time is over, or what it led to was erased (410).</summary>
    public sealed record Gone : PackageAccess;

    /// <summary>Who asks has to show again who they are (401).</summary>
    public sealed record ShowWhoYouAre : PackageAccess;

    /// <summary>Somebody else showed who they are (403).</summary>
    public sealed record NotYours : PackageAccess;
}

/// <summary>Who showed who they are, and when.</summary>
/// <param name="Subject">An id.</param>
public sealed record Reauthentication(string Subject, DateTimeOffset At);

/// <summary>Decides on links; pure.</summary>
public static class PackageAccessRules
{
    /// <summary>A link to the package of whoever asked lives this long.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(14);

    /// <summary>Having shown who one is counts this long.</summary>
    public static readonly TimeSpan ReauthenticationLifetime = TimeSpan.FromMinutes(15);

    public static PackageAccess Decide(PackageLink? link, Package? package, Reauthentication? shown, DateTimeOffset now)
    {
        if (link is null)
            return new PackageAccess.NoLink();
        if (package is null or { IsReady: false } || package.Subject != link.Subject || now >= link.ExpiresAt || now >= package.ExpiresAt)
            return new PackageAccess.Gone();
        if (shown is null || now - shown.At >= ReauthenticationLifetime || shown.At > now)
            return new PackageAccess.ShowWhoYouAre();
        return shown.Subject == package.Subject ? new PackageAccess.Granted(package with { Reads = package.Reads + 1 }) : new PackageAccess.NotYours();
    }
}
