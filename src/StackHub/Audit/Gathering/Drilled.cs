using NodaTime;
using StackHub.Audit.Imports;
using StackHub.Audit.Inventory;
using StackHub.Connecting;
using StackHub.Records;

namespace StackHub.Audit.Gathering;

/// <summary>The last trial erasure of each tool. A tool that is several systems is as good as the worst of them; what was tried of a tool before it was connected counts until its systems are tried.</summary>
internal static class Drilled
{
    public static void Add(IEnumerable<ToolDraft> tools, IReadOnlyDictionary<DrillPlace, DrillResult> drills)
    {
        if (drills.Count == 0)
            return;
        foreach (var tool in tools)
            if (Of(tool, drills) is { } drill)
                tool.Privacy = tool.Privacy with { Drill = drill };
    }

    private static ErasureDrill? Of(ToolDraft tool, IReadOnlyDictionary<DrillPlace, DrillResult> drills)
    {
        var ofSystems = tool.Systems.Select(system => drills.GetValueOrDefault(DrillPlace.Of(new SystemId(system)))).OfType<DrillResult>().ToArray();
        var last = ofSystems.OrderBy(drill => drill.Passed).ThenByDescending(drill => drill.DaysToGone ?? 0).FirstOrDefault() ?? drills.GetValueOrDefault(DrillPlace.OfTool(tool.Id.Text));
        return last is null ? null : new(LocalDate.FromDateTime(last.At.UtcDateTime), last.Passed, last.DaysToGone) { Reason = last.Reason };
    }
}
