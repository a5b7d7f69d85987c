using StackHub.Audit.Inventory;

namespace StackHub.Audit.Measuring;

public static class ErasureLevels
{
    public static ErasureReadiness Of(Tool tool, IEnumerable<DataFlow> flows) =>
        new(tool.Id, LevelOf(tool.Privacy), tool.Privacy.Drill) { Claim = tool.Privacy.Claim, PersonalValues = tool.IsConnected ? flows.Where(flow => flow.Personal).Sum(flow => flow.Held) : null };

    public static ErasureLevel LevelOf(ToolPrivacy privacy) => privacy switch
    {
        { Drill: { Passed: true } } => ErasureLevel.Proven,
        { Drill: { Passed: false } } => ErasureLevel.Failing,
        { CanErase: true } => ErasureLevel.Claimed,
        { CanErase: false } => ErasureLevel.ByHand,
        _ => ErasureLevel.Unknown,
    };
}
