using Microsoft.Extensions.Logging;
using StackHub.Records;

namespace StackHub.Configuration;

internal static partial class ConfigurationLog
{
    [LoggerMessage(LogLevel.Information, "{System} goes on with the secrets that were renewed")]
    public static partial void SecretsRenewed(this ILogger logger, SystemId system);

    [LoggerMessage(LogLevel.Warning, "{System}: {Count} of its settings cannot be used as they are now; it goes on with the last ones")]
    public static partial void SecretsKept(this ILogger logger, SystemId system, int count);

    [LoggerMessage(LogLevel.Warning, "Secrets were not looked at ({Failure}); the last ones stay in use")]
    public static partial void SecretsNotRead(this ILogger logger, string failure);
}
