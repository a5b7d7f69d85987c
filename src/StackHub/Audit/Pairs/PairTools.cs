using System.Collections.Frozen;
using StackHub.Audit.Inventory;

namespace StackHub.Audit.Pairs;

/// <summary>What pairs are looked for by: each tool's capabilities with their weights, its people, records and fields.</summary>
internal sealed class PairTools
{
    /// <summary>A capability that all have still counts a little, so that two tools with nothing else are alike.</summary>
    private const double LeastWeight = 0.01;

    private readonly Func<string, double> weight;

    public PairTools(AuditView view)
    {
        var stack = view.Stack;
        All = [.. stack.Tools];
        var since = stack.Today.PlusDays(-view.Settings.UnusedDays);
        weight = capability => Math.Max(LeastWeight, stack.Rarity.Weight(capability));
        var numbers = All.SelectMany(tool => tool.Activated).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).Select((name, number) => (name, number)).ToFrozenDictionary(one => one.name, one => one.number, StringComparer.Ordinal);
        Weights = new double[numbers.Count];
        foreach (var (name, number) in numbers)
            Weights[number] = weight(name);
        Capabilities = [.. All.Select(tool => tool.Activated.Select(name => numbers[name]).OrderByDescending(number => Weights[number]).ThenBy(number => number).ToArray())];
        Sums = [.. Capabilities.Select(capabilities => capabilities.Sum(number => Weights[number]))];
        Users = [.. All.Select(tool => stack.Usage.TellsLogins(tool.Id) ? stack.Usage.ActiveUsers(tool.Id, since) : null)];
        Records = [.. All.Select(tool => stack.Records.GetValueOrDefault(tool.Id))];
        Fields = [.. All.Select(tool => stack.FieldsOf(tool.Id).Where(field => field.Direction == FieldDirection.From && field.Values > 0).Select(field => field.Path).ToFrozenSet(StringComparer.Ordinal))];
        UserCount = stack.Usage.Users;
    }

    public Tool[] All { get; }

    public double[] Weights { get; }

    /// <summary>By tool, the rarest first.</summary>
    public int[][] Capabilities { get; }

    /// <summary>By tool, the weight of all its capabilities.</summary>
    public double[] Sums { get; }

    /// <summary>By tool, those who used it lately, rising; null when nobody told.</summary>
    public int[]?[] Users { get; }

    public ToolRecords?[] Records { get; }

    public FrozenSet<string>[] Fields { get; }

    public int UserCount { get; }

    public bool SeesInto(int tool) => Records[tool] is not null;

    public Overlap? CapabilityOverlap(int first, int second) => All[first].Activated.Count == 0 || All[second].Activated.Count == 0
        ? null
        : Sets.Overlap(All[first].Activated, All[second].Activated, weight);

    public Overlap? UserOverlap(int first, int second) => Users[first] is { } one && Users[second] is { } other
        ? Sets.Overlap(one.Length, other.Length, Sets.Shared(one, other))
        : null;

    public Overlap? RecordOverlap(int first, int second) => Sketched(first, second, records => records.Held);

    public Overlap? EventOverlap(int first, int second) => Sketched(first, second, records => records.Touched);

    public Overlap? FieldOverlap(int first, int second) => SeesInto(first) && SeesInto(second)
        ? Sets.Overlap(Fields[first].Count, Fields[second].Count, Fields[first].Count(Fields[second].Contains))
        : null;

    private Overlap? Sketched(int first, int second, Func<ToolRecords, RecordSketch> sketch) => Records[first] is { } one && Records[second] is { } other
        ? Sets.Overlap(sketch(one).Count, sketch(other).Count, sketch(one).Shared(sketch(other)))
        : null;
}
