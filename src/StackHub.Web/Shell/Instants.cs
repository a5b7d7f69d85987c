using System.Globalization;

namespace StackHub.Web.Shell;

/// <summary>How the console says when something was.</summary>
public static class Instants
{
    public static string Machine(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    public static string Exact(DateTimeOffset at) => at.UtcDateTime.ToString("d MMM yyyy, HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);

    public static string Relative(DateTimeOffset at, DateTimeOffset now) => (now - at) switch
    {
        { TotalDays: >= 60 } => at.UtcDateTime.ToString("d MMM yyyy", CultureInfo.InvariantCulture),
        { TotalSeconds: >= 5 } past => $"{Ages.Of(past)} ago",
        { TotalSeconds: > -5 } => "just now",
        var future => $"in {Ages.Of(-future)}",
    };
}
