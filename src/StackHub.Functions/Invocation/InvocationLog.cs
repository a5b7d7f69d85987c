namespace StackHub.Functions.Invocation;

internal static partial class InvocationLog
{
    [LoggerMessage(LogLevel.Error, "{Function}: invocation {Invocation} failed ({Error})")]
    public static partial void InvocationFailed(this ILogger logger, string function, string invocation, string error);

    [LoggerMessage(LogLevel.Error, "{Function}: invocation {Invocation} is not what this Functions host is known to send")]
    public static partial void NotUnderstood(this ILogger logger, string function, string invocation);
}
