using Microsoft.Extensions.Logging;

namespace StackHub.Suppression;

public static partial class SuppressionLog
{
    [LoggerMessage(LogLevel.Warning, "{Count} groups of tombstones were missing in the tables and are back: the tables are older than the blobs")]
    public static partial void TombstonesRestored(this ILogger logger, int count);
}
