using StackHub.Permissions;

namespace StackHub.Sync.Conflicts;

/// <summary>An opt-out that a system took back by itself is for a person to look at.</summary>
public sealed class OptOutAlarm(ConflictStore conflicts) : IOptOutAlarm
{
    public async Task RaiseAsync(RevertedOptOut reverted, CancellationToken cancellationToken) =>
        await conflicts.RaiseAsync(new(ConflictKind.OptOutReverted, reverted.Record, reverted.At)
        {
            System = reverted.System,
            Field = reverted.Flag,
            Detail = "An opt-out was taken back there, and nobody gave a consent",
        }, cancellationToken);
}
