using Microsoft.Extensions.Logging;
using StackHub.Records;

namespace StackHub.Routing;

internal static partial class RoutingLog
{
    [LoggerMessage(LogLevel.Warning, "Lead {Lead} waits for {Pool}: {Reason}")]
    public static partial void LeadWaits(this ILogger logger, RecordId lead, string pool, string reason);
}
