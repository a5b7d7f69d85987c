namespace StackHub.Web.Runs;

/// <summary>A run to start.</summary>
/// <param name="Kind">backfill, sync, reconcile or poll.</param>
/// <param name="System">One system; absent means all. A reconcile is always of all.</param>
/// <param name="Restart">For a backfill: read from the beginning, even what was read before.</param>
public sealed record StartRun(string Kind, string? System, bool? Restart);
