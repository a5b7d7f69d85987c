using Microsoft.Extensions.DependencyInjection;
using StackHub.Sandbox;

namespace StackHub.EndToEnd.Tests.Staging;

/// <summary>What a test wants different from the demo's world.</summary>
public sealed record StageOptions
{
    public int People { get; init; } = 60;

    public int Seed { get; init; } = 7;

    /// <summary>Hub processes on the one data folder; with none, the test starts its own.</summary>
    public int Hubs { get; init; } = 1;

    /// <summary>Nothing moves the clock at the start: for hubs in processes of their own, which have the machine's.</summary>
    public bool RealTime { get; init; }

    public Func<SandboxOptions, SandboxOptions> Vendors { get; init; } = options => options;

    /// <summary>Changes the demo's stackhub.yaml.</summary>
    public Func<string, string> Configuration { get; init; } = text => text;

    public Action<IServiceCollection> Services { get; init; } = _ => { };
}

internal static class ConfigurationText
{
    /// <summary>Gives a setting to the system that has the known one; the demo's own value of it goes.</summary>
    public static string Beside(this string text, string known, string setting)
    {
        var others = text.Split('\n').Where(line => !line.TrimStart().StartsWith(setting[..(setting.IndexOf(':', StringComparison.Ordinal) + 1)], StringComparison.Ordinal));
        return string.Join('\n', others).Replace($"      {known}:", $"      {setting}\n      {known}:", StringComparison.Ordinal);
    }

    public static string WithShards(this string text, int shards) =>
        text.Replace("phoneRegion: US", $"phoneRegion: US\n  shards: {shards}", StringComparison.Ordinal);
}
