using System.Globalization;
using StackHub.Audit;
using StackHub.Audit.Inventory;
using StackHub.Web.Shell;

namespace StackHub.Web.Audit.Parts;

/// <summary>The picture of measured data: tools that say something on the left, what for in the middle, tools that are told on the right.</summary>
public sealed record FlowMapModel(IReadOnlyList<FlowNode> From, IReadOnlyList<FlowNode> Purposes, IReadOnlyList<FlowNode> To, IReadOnlyList<FlowRibbon> Ribbons, int Left)
{
    public const int Width = 920;
    public const int BoxWidth = 210;
    public const int BoxHeight = 40;
    public const int FromX = 10;
    public const int PurposeX = (Width - BoxWidth) / 2;
    public const int ToX = Width - BoxWidth - 10;

    /// <summary>What nobody said the purpose of.</summary>
    public const string Undeclared = "no purpose declared";

    private const int MostTools = 10;
    private const int MostPurposes = 8;
    private const int Pitch = 54;
    private const int Top = 34;

    public int Height => Top + Math.Max(1, Math.Max(From.Count, Math.Max(Purposes.Count, To.Count))) * Pitch;

    public bool IsEmpty => Ribbons.Count == 0;

    public static FlowMapModel Of(IReadOnlyList<DataFlow> flows, Func<ToolId, string> name)
    {
        var moving = flows.Where(flow => flow.From + flow.To > 0).ToArray();
        var from = Most(moving, flow => flow.Tool.Text, flow => flow.From, MostTools);
        var to = Most(moving, flow => flow.Tool.Text, flow => flow.To, MostTools);
        var purposes = Most(moving, PurposeOf, flow => flow.From + flow.To, MostPurposes);
        var rows = Math.Max(1, Math.Max(from.Length, Math.Max(purposes.Length, to.Length)));
        FlowNode[] Place(string[] keys, Func<DataFlow, string> of, Func<DataFlow, long> values, Func<string, string> words) =>
            [.. keys.Select((key, index) => Node(key, words(key), moving.Where(flow => of(flow) == key), values, Top + (rows - keys.Length) * Pitch / 2 + index * Pitch))];
        string ToolName(string key) => name(new(key));
        var model = new FlowMapModel(
            Place(from, flow => flow.Tool.Text, flow => flow.From, ToolName),
            Place(purposes, PurposeOf, flow => flow.From + flow.To, key => key),
            Place(to, flow => flow.Tool.Text, flow => flow.To, ToolName),
            [],
            moving.Select(flow => flow.Tool).Distinct().Count(tool => !from.Contains(tool.Text) && !to.Contains(tool.Text)));
        return model with { Ribbons = [.. Between(model.From, model.Purposes, moving, flow => flow.From, FromX + BoxWidth, PurposeX), .. Between(model.To, model.Purposes, moving, flow => flow.To, ToX, PurposeX + BoxWidth)] };
    }

    public static string PurposeOf(DataFlow flow) => flow.Purpose ?? Undeclared;

    private static string[] Most(DataFlow[] flows, Func<DataFlow, string> key, Func<DataFlow, long> values, int most) =>
        [.. flows.GroupBy(key).Select(group => (group.Key, Values: group.Sum(values))).Where(group => group.Values > 0).OrderByDescending(group => group.Values).ThenBy(group => group.Key, StringComparer.Ordinal).Take(most).Select(group => group.Key)];

    private static FlowNode Node(string key, string words, IEnumerable<DataFlow> flows, Func<DataFlow, long> values, int y)
    {
        var counted = flows.Where(flow => values(flow) > 0).ToArray();
        return new(key, words, counted.Sum(values), counted.Where(flow => flow.Personal).Select(flow => (flow.Kind, flow.Field)).Distinct().Count(), y);
    }

    private static IEnumerable<FlowRibbon> Between(IReadOnlyList<FlowNode> tools, IReadOnlyList<FlowNode> purposes, DataFlow[] flows, Func<DataFlow, long> values, int toolX, int purposeX) =>
        from tool in tools
        from purpose in purposes
        let shared = flows.Where(flow => flow.Tool.Text == tool.Key && PurposeOf(flow) == purpose.Key && values(flow) > 0).ToArray()
        where shared.Length > 0
        select FlowRibbon.Of(tool, purpose, shared.Sum(values), shared.Count(flow => flow.Personal), toolX, purposeX);

    /// <summary>The picture in words.</summary>
    public string Description => string.Join(" ",
        From.Select(tool => $"{tool.Name} told {Names.Count(tool.Values, "value")}{Exposure(tool)}.")
            .Concat(To.Select(tool => $"{tool.Name} was told {Names.Count(tool.Values, "value")}{Exposure(tool)}.")));

    private static string Exposure(FlowNode node) => node.PersonalFields == 0 ? "" : $", of {Names.Count(node.PersonalFields, "personal field")}";
}

/// <summary>A tool or a purpose in the picture.</summary>
public sealed record FlowNode(string Key, string Name, long Values, int PersonalFields, int Y);

/// <summary>Values between a tool and a purpose.</summary>
public sealed record FlowRibbon(string Path, double Thickness, bool Personal, string Words)
{
    private const int Middle = FlowMapModel.BoxHeight / 2;

    internal static FlowRibbon Of(FlowNode tool, FlowNode purpose, long values, int personal, int toolX, int purposeX)
    {
        var (from, to, bend) = (tool.Y + Middle, purpose.Y + Middle, (toolX + purposeX) / 2);
        var thickness = Math.Clamp(1.5 * Math.Log10(values + 1), 1.25, 9);
        return new(
            string.Create(CultureInfo.InvariantCulture, $"M{toolX} {from}C{bend} {from} {bend} {to} {purposeX} {to}"),
            Math.Round(thickness, 2),
            personal > 0,
            $"{tool.Name}, {purpose.Name}: {Names.Count(values, "value")}{(personal > 0 ? $", {Names.Count(personal, "personal field")}" : "")}");
    }
}
