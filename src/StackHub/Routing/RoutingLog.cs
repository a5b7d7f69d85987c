using Microsoft.Extensions.Logging;
using StackHub.Records;

namespace StackHub.Routing;

internal static partial class RoutingLog
{
    [LoggerMessage(LogLevel.Warning, "Lead {Lead} waits for {Pool}: {Reason}")]
    public static partial void LeadWaits(this ILogger logger, RecordId lead, string pool, string reason);

    [LoggerMessage(LogLevel.Warning, "Signal {Signal} was not taken ({Failure}); next try at {Next}")]
    public static partial void SignalNotTaken(this ILogger logger, string signal, string failure, DateTimeOffset next);

    [LoggerMessage(LogLevel.Error, "Signal {Signal} was not taken for days and is given up")]
    public static partial void SignalGivenUp(this ILogger logger, string signal);
}
