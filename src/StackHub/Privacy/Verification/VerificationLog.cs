using Microsoft.Extensions.Logging;

namespace StackHub.Privacy.Verification;

internal static partial class VerificationLog
{
    [LoggerMessage(LogLevel.Warning, "The code of request {Request} could not be handed over ({Failure}); it is tried again")]
    public static partial void CodeNotSent(this ILogger logger, string request, string failure);
}
