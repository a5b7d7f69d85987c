using StackHub.Audit;
using StackHub.Audit.Inventory;

namespace StackHub.Web.Audit;

/// <summary>Which personal field lies and moves where: a row a field, a column a tool.</summary>
public sealed record ExposureModel(IReadOnlyList<ToolId> Tools, IReadOnlyList<ExposureRow> Rows)
{
    public static ExposureModel Of(IReadOnlyList<DataFlow> flows)
    {
        var personal = flows.Where(flow => flow.Personal && flow.Held + flow.From + flow.To > 0).ToArray();
        var tools = personal.Select(flow => flow.Tool).Distinct().Order().ToArray();
        var rows = from flow in personal
                   group flow by (flow.Kind, flow.Field) into fields
                   orderby fields.Key.Kind, fields.Key.Field
                   select new ExposureRow(fields.Key.Kind, fields.Key.Field, fields.Select(flow => flow.Purpose).FirstOrDefault(purpose => purpose is not null), fields.GroupBy(flow => flow.Tool).ToDictionary(ones => ones.Key, ones => ones.First()));
        return new(tools, [.. rows]);
    }
}

/// <param name="Purpose">Null when nobody declared any.</param>
public sealed record ExposureRow(string Kind, string Field, string? Purpose, IReadOnlyDictionary<ToolId, DataFlow> ByTool);
