using Spectre.Console;

namespace StackHub.Cli.Output;

/// <summary>Values and times as a person reads them; markup in values is escaped.</summary>
internal static class Words
{
    public static string Value(string? text) => text is null ? "[grey](none)[/]" : text.Length == 0 ? "[grey](blank)[/]" : Markup.Escape(text);

    /// <summary>In UTC, as everything the hub keeps.</summary>
    public static string Time(DateTimeOffset? at) => at is { } time ? time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss") + "Z" : "never";

    public static string Ago(DateTimeOffset? at, DateTimeOffset now) => at is not { } time ? "never" : (now - time) switch
    {
        { TotalSeconds: < 1 } => "now",
        { TotalSeconds: < 120 } span => $"{span.TotalSeconds:0} s ago",
        { TotalMinutes: < 120 } span => $"{span.TotalMinutes:0} min ago",
        { TotalHours: < 48 } span => $"{span.TotalHours:0} h ago",
        var span => $"{span.TotalDays:0} days ago",
    };
}
