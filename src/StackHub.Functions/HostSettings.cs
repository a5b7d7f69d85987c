using System.Globalization;
using System.Text.Json;
using StackHub.Cloud;
using StackHub.Hosting;

namespace StackHub.Functions;

/// <summary>What the Functions host and the app's settings say, which arrive as environment variables.</summary>
/// <param name="Port">Where the host calls.</param>
/// <param name="ConfigPath">The configuration file.</param>
/// <param name="FunctionTimeout">After which the host ends the process, with all that is under way in it.</param>
/// <param name="PlatformAuthentication">App Service authentication is on: it strips what callers claim to be and says who they are.</param>
internal sealed record HostSettings(int Port, string ConfigPath, TimeSpan FunctionTimeout, bool PlatformAuthentication)
{
    private const string TimeoutVariable = "AzureFunctionsJobHost__functionTimeout";

    /// <summary>What the host takes where nothing is said.</summary>
    private static readonly TimeSpan DefaultTimeout = TimeSpan.FromMinutes(30);

    /// <summary>When work gives up by itself, so that the host need not.</summary>
    public TimeSpan Deadline => FunctionTimeout * 0.8;

    /// <summary>Null when no Functions host started this process.</summary>
    public static int? PortOfHost() =>
        int.TryParse(Variable(CloudSettings.HandlerPort), NumberStyles.None, CultureInfo.InvariantCulture, out var port) ? port : null;

    public static HostSettings Read(int port)
    {
        var root = Variable("FUNCTIONS_APP_ROOT_PATH") ?? AppContext.BaseDirectory;
        var config = Path.Combine(root, Variable(CloudSettings.Configuration) ?? "stackhub.yaml");
        return File.Exists(config)
            ? new(port, config, TimeoutOf(Path.Combine(root, "host.json")), Variable("WEBSITE_AUTH_ENABLED") is "True" or "true")
            : throw new HubStartException($"There is no configuration file '{config}'. Put a stackhub.yaml beside host.json, or say in the app setting {CloudSettings.Configuration} where it is.");
    }

    private static TimeSpan TimeoutOf(string hostJson)
    {
        if ((Variable(TimeoutVariable) ?? Declared(hostJson)) is not { } text)
            return DefaultTimeout;
        // "-1" is no limit; a limit of our own is still better than none.
        return TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var timeout) && timeout > TimeSpan.Zero ? timeout : DefaultTimeout;
    }

    private static string? Declared(string hostJson)
    {
        if (!File.Exists(hostJson))
            return null;
        using var document = JsonDocument.Parse(File.ReadAllBytes(hostJson));
        return document.RootElement.TryGetProperty("functionTimeout", out var timeout) ? timeout.GetString() : null;
    }

    private static string? Variable(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;
}
