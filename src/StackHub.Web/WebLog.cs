using Microsoft.Extensions.Logging;

namespace StackHub.Web;

public static partial class WebLog
{
    /// <summary>Not the exception itself: its message may hold values.</summary>
    [LoggerMessage(LogLevel.Error, "A request failed ({Error}), trace {Trace}\n{Stack}")]
    public static partial void RequestFailed(this ILogger logger, string error, string? trace, string? stack);

    [LoggerMessage(LogLevel.Warning, "A webhook was not taken ({Error}); the vendor was asked to send it again")]
    public static partial void WebhookNotTaken(this ILogger logger, string error);

    [LoggerMessage(LogLevel.Error, "Run {Run} failed ({Error})")]
    public static partial void RunFailed(this ILogger logger, string run, string error);

    [LoggerMessage(LogLevel.Warning, "An address presented wrong keys too often and is shut out until {Until}")]
    public static partial void SignInsShutOut(this ILogger logger, DateTimeOffset until);
}
