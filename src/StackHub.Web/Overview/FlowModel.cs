using StackHub.Web.Shell;
using StackHub.Web.Systems;

namespace StackHub.Web.Overview;

/// <summary>The picture of the flow: the hub in the middle, tools left and right of it.</summary>
public sealed record FlowModel(IReadOnlyList<FlowTool> Tools)
{
    private const int RowHeight = 118;

    private const int Margin = 16;

    public int Height => Margin / 2 + (Tools.Count + 1) / 2 * RowHeight;

    public static FlowModel Of(IReadOnlyList<SystemSnapshot> systems) => new([.. systems.Select((entry, index) => new FlowTool(
        entry.System.Id.Name, entry.System.Name, SystemStatus.Of(entry.System), entry.Changes, entry.System.Counts.Created + entry.System.Counts.Updated, IsLeft: index % 2 == 0, TopOf(index, systems.Count)))]);

    /// <summary>With an odd number the right side has one fewer, and is put in the middle.</summary>
    private static int TopOf(int index, int count) => Margin + index / 2 * RowHeight + (index % 2 == 1 && count % 2 == 1 ? RowHeight / 2 : 0);

    /// <summary>The picture in words.</summary>
    public string Description => string.Join(" ", Tools.Select(tool => $"{tool.Id}: {tool.Status.Words.ToLowerInvariant()}, {Names.Count(tool.In, "change")} in, {Names.Count(tool.Out, "record")} out."));
}

/// <summary>A tool in the picture.</summary>
/// <param name="In">Changes it told the hub.</param>
/// <param name="Out">Records the hub created or updated there.</param>
public sealed record FlowTool(string Id, string Vendor, Status Status, long In, long Out, bool IsLeft, int Top);
