using StackHub.Privacy.Evidence;
using StackHub.Privacy.Packages;
using StackHub.Privacy.Verification;
using StackHub.Triggers;

namespace StackHub.Privacy.Upkeep;

/// <summary>Sends codes that could not be sent at once, and removes packages and evidence whose time is over. Safe to run at any time.</summary>
public sealed class PrivacyUpkeepTimer(CodeDelivery codes, PackageStore packages, EvidencePurge evidence) : ITimerHandler
{
    public string Name => TriggerTable.PrivacyUpkeep.Name;

    public TimeSpan Every => TriggerTable.PrivacyUpkeep.Every;

    /// <summary>Codes first: somebody waits for them.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await codes.SendPendingAsync(cancellationToken);
        await packages.RemoveExpiredAsync(cancellationToken);
        await evidence.RunAsync(cancellationToken);
    }
}
