using Microsoft.Extensions.Logging;

namespace StackHub.Audit;

public static partial class AuditLog
{
    [LoggerMessage(LogLevel.Information, "Audit {Run}: {Tools} tools, {Open} open findings, {New} new, {Gone} gone")]
    public static partial void Ran(this ILogger logger, string run, int tools, int open, int @new, int gone);

    [LoggerMessage(LogLevel.Warning, "Audit: inventory file {File} was not taken: {Reason}")]
    public static partial void NotTaken(this ILogger logger, string file, string reason);

    [LoggerMessage(LogLevel.Warning, "Audit: {System} does not tell its users ({Error}); its usage is left as it is known")]
    public static partial void NoUsage(this ILogger logger, string system, string error);

    [LoggerMessage(LogLevel.Warning, "Audit: notice {Notice} was not delivered ({Reason}), attempt {Attempt}")]
    public static partial void NotDelivered(this ILogger logger, string notice, string reason, int attempt);

    [LoggerMessage(LogLevel.Warning, "Audit: trial erasure {Trial} in {System} waits ({Error})")]
    public static partial void TrialWaits(this ILogger logger, string trial, string system, string error);
}
