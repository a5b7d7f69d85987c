using NodaTime;

namespace StackHub.Audit.Inventory;

/// <summary>How an inventory file was taken by this run.</summary>
/// <param name="Rejected">Why its new content was not taken; the snapshot before it is used then, if there is one.</param>
/// <param name="AsOf">The day of the content that is used; null when there is none.</param>
public sealed record SourceHealth(string Name, string? Rejected, LocalDate? AsOf, long Rows, long BadRows);
