using Microsoft.Extensions.Logging;
using StackHub.Records;

namespace StackHub.Sync;

public static partial class SyncLog
{
    [LoggerMessage(LogLevel.Warning, "{System}: {Reason}; next try in {Delay}")]
    public static partial void VendorUnavailable(this ILogger logger, SystemId system, string reason, TimeSpan delay);

    [LoggerMessage(LogLevel.Warning, "{System}: refused {Count} records; they are in the dead letters")]
    public static partial void Refused(this ILogger logger, SystemId system, int count);

    [LoggerMessage(LogLevel.Warning, "{System}: paused by the fuse: {Reason}")]
    public static partial void FuseBlown(this ILogger logger, SystemId system, string reason);

    [LoggerMessage(LogLevel.Warning, "Record {Record}: systems fight over field {Field}; it is frozen")]
    public static partial void Frozen(this ILogger logger, RecordId record, string field);

    [LoggerMessage(LogLevel.Information, "{System}: {Count} values of field {Field} could not be read as its type")]
    public static partial void Unreadable(this ILogger logger, SystemId system, string field, int count);

    [LoggerMessage(LogLevel.Information, "{System}: dropped {Count} changes of suppressed people")]
    public static partial void Suppressed(this ILogger logger, SystemId system, int count);

    [LoggerMessage(LogLevel.Error, "{Queue}: message {Message} failed ({Error}), attempt {Attempt}")]
    public static partial void MessageFailed(this ILogger logger, string queue, string message, string error, int attempt);
}
