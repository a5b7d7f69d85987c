using StackHub.Records;
using StackHub.Sync.Runs;
using StackHub.Web.Records;
using StackHub.Web.Systems;

namespace StackHub.Web.Plan;

/// <summary>A page of what would be written.</summary>
/// <param name="Only">The system it is limited to.</param>
/// <param name="Counts">Of the whole plan, on the first page only.</param>
public sealed record PlanModel(SystemId? Only, IReadOnlyList<SystemView> Systems, IReadOnlyDictionary<SystemId, PlanCount>? Counts, IReadOnlyList<WriteView> Writes, IReadOnlyDictionary<RecordId, RecordName> Names, string? Next, bool IsLater)
{
    /// <summary>The list's address, from "console/".</summary>
    public string Path => Only is { } system ? $"plan?system={system}" : "plan";

    public ShownValue Shown(string? text) => ShownValue.Of(text, Names);

    public override string ToString() => $"{Writes.Count} planned writes";
}
