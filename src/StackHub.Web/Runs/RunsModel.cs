using StackHub.Records;

namespace StackHub.Web.Runs;

/// <summary>A page of runs, and what a new one can be of.</summary>
public sealed record RunsModel(IReadOnlyList<RunView> Runs, IReadOnlyList<SystemId> Systems, string? Next, bool IsLater);
