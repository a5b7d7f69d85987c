using Microsoft.Extensions.Logging;

namespace StackHub.Privacy.Notices;

internal static partial class NoticeLog
{
    [LoggerMessage(LogLevel.Warning, "{Kind} {Notice} was not taken ({Failure}); next try at {Next}")]
    public static partial void NoticeNotTaken(this ILogger logger, string kind, string notice, string failure, DateTimeOffset next);

    [LoggerMessage(LogLevel.Error, "{Kind} {Notice} was not taken for days and is given up")]
    public static partial void NoticeGivenUp(this ILogger logger, string kind, string notice);
}
