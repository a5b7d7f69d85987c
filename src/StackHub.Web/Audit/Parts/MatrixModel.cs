using System.Collections.Frozen;
using StackHub.Audit;
using StackHub.Audit.Inventory;

namespace StackHub.Web.Audit.Parts;

/// <summary>The picture of which tools do the same: a row and a column each, below the diagonal.</summary>
/// <param name="Tools">Those with the most in common, in an order that brings alike ones together.</param>
/// <param name="Left">Tools with overlaps that found no room.</param>
public sealed record MatrixModel(IReadOnlyList<ToolId> Tools, FrozenDictionary<(ToolId, ToolId), PairOverlap> Cells, int Left)
{
    /// <summary>More rows could not be read on one page.</summary>
    public const int MostTools = 14;

    public const int Cell = 50;
    public const int RowHeight = 34;
    public const int LabelWidth = 190;
    public const int LabelHeight = 130;
    private const int Margin = 10;

    public int Width => LabelWidth + Math.Max(0, Tools.Count - 1) * Cell + LabelHeight;

    public int Height => LabelHeight + Math.Max(0, Tools.Count - 1) * RowHeight + Margin;

    public static MatrixModel Of(IReadOnlyList<PairOverlap> pairs)
    {
        var all = pairs.SelectMany(pair => (ToolId[])[pair.First, pair.Second]).Distinct().ToArray(); // the most redundant first
        var shown = all.Take(MostTools).ToHashSet();
        var cells = pairs.Where(pair => shown.Contains(pair.First) && shown.Contains(pair.Second)).ToArray();
        return new(Chain(cells), cells.ToFrozenDictionary(pair => Key(pair.First, pair.Second)), all.Length - shown.Count);
    }

    public PairOverlap? At(ToolId one, ToolId other) => Cells.GetValueOrDefault(Key(one, other));

    /// <summary>Each tool is followed by its likest one that has no place yet.</summary>
    private static List<ToolId> Chain(PairOverlap[] pairs)
    {
        var order = new List<ToolId>();
        var waiting = pairs.SelectMany(pair => (ToolId[])[pair.First, pair.Second]).Distinct().ToList();
        while (waiting.Count > 0)
        {
            var next = order.Count == 0 ? waiting[0] : pairs.Where(pair => Touches(pair, order[^1])).Select(pair => Other(pair, order[^1])).Where(waiting.Contains).Append(waiting[0]).First();
            order.Add(next);
            waiting.Remove(next);
        }
        return order;
    }

    private static bool Touches(PairOverlap pair, ToolId tool) => pair.First == tool || pair.Second == tool;

    private static ToolId Other(PairOverlap pair, ToolId tool) => pair.First == tool ? pair.Second : pair.First;

    private static (ToolId, ToolId) Key(ToolId one, ToolId other) => one.CompareTo(other) <= 0 ? (one, other) : (other, one);
}
