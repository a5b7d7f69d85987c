using Microsoft.Extensions.Logging;
using StackHub.Records;

namespace StackHub.Privacy;

public static partial class PrivacyLog
{
    [LoggerMessage(LogLevel.Warning, "Privacy request {Request}: task {Task} needs an officer: {Code}")]
    public static partial void OfficerNeeded(this ILogger logger, RequestId request, string task, string code);

    [LoggerMessage(LogLevel.Warning, "Privacy request {Request}: somebody erased came back in {System}; they are erased again")]
    public static partial void Resurrected(this ILogger logger, RequestId request, SystemId system);

    [LoggerMessage(LogLevel.Warning, "{System}: {Reason}; privacy task of request {Request} waits {Delay}")]
    public static partial void Parked(this ILogger logger, SystemId system, string reason, RequestId request, TimeSpan delay);

    [LoggerMessage(LogLevel.Error, "Privacy request {Request} is overdue since {Due}")]
    public static partial void Overdue(this ILogger logger, RequestId request, DateTimeOffset due);

    [LoggerMessage(LogLevel.Warning, "Privacy request {Request}: task {Task} was taken along and failed with {Failure}; its own message tries it again")]
    public static partial void PutOff(this ILogger logger, RequestId request, string task, string failure);
}
