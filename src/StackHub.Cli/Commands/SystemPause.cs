using StackHub.Records;

namespace StackHub.Cli.Commands;

/// <summary>Whether a system is paused, for scripts.</summary>
public sealed record SystemPause(SystemId System, string? Paused, DateTimeOffset? PausedAt);
