using StackHub.Records;

namespace StackHub.Permissions;

/// <summary>Tells people that a system took somebody's opt-out back by itself.</summary>
public interface IOptOutAlarm
{
    /// <summary>The same flip is told once, however often it is seen.</summary>
    Task RaiseAsync(RevertedOptOut reverted, CancellationToken cancellationToken);
}

/// <summary>A flag that was on in a system and is off, while the opt-out stands: no event says why.</summary>
public sealed record RevertedOptOut(RecordId Record, SystemId System, string Flag, DateTimeOffset At);
