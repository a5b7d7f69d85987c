namespace StackHub.Testing.FunctionsHost;

/// <param name="AppFolder">With host.json, a folder a function, and the executable.</param>
/// <param name="Settings">The app's settings, which the handler gets as environment variables and which may override host.json.</param>
public sealed record FunctionsHostOptions(string AppFolder, IReadOnlyDictionary<string, string> Settings)
{
    /// <summary>As an operator switches a function off: by a setting named AzureWebJobs.NAME.Disabled.</summary>
    public bool IsDisabled(string function) => Settings.GetValueOrDefault($"AzureWebJobs.{function}.Disabled") is "true" or "True" or "1";

    /// <summary>Fixed in the real host, whatever host.json says.</summary>
    public TimeSpan Lease { get; init; } = TimeSpan.FromMinutes(10);
}
