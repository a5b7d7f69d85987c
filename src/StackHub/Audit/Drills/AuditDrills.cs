using StackHub.Audit.Inventory;
using StackHub.Connecting;
using StackHub.Records;

namespace StackHub.Audit.Drills;

/// <summary>Keeps trial erasures that people made by hand: of a connected tool for each of its systems.</summary>
public sealed class AuditDrills(ErasureDrills drills)
{
    public async Task RecordAsync(Tool tool, DrillResult result, CancellationToken cancellationToken)
    {
        foreach (var place in tool.IsConnected ? tool.Systems.Select(system => DrillPlace.Of(new SystemId(system))) : [DrillPlace.OfTool(tool.Id.Text)])
            await drills.RecordAsync(place, result, cancellationToken);
    }
}
