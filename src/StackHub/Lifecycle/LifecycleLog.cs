using Microsoft.Extensions.Logging;
using StackHub.Records;

namespace StackHub.Lifecycle;

internal static partial class LifecycleLog
{
    [LoggerMessage(LogLevel.Warning, "The journeys of {Person} were decided by others again and again; they wait")]
    public static partial void Contended(this ILogger logger, RecordId person);

    [LoggerMessage(LogLevel.Information, "The lifecycle's rules changed: {Records} records are looked at again")]
    public static partial void Replayed(this ILogger logger, long records);
}
