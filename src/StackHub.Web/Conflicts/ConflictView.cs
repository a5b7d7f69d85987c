using StackHub.Records;
using StackHub.Sync.Conflicts;

namespace StackHub.Web.Conflicts;

/// <summary>Something only a person can decide; ids and codes, never values.</summary>
/// <param name="Other">The other record of a pair.</param>
/// <param name="Probability">For pairs: how likely they are one, 0 to 1.</param>
public sealed record ConflictView(string Id, ConflictKind Kind, RecordId Record, DateTimeOffset At, bool Open, SystemId? System, string? Field, RecordId? Other, string? Detail, double? Probability)
{
    public static ConflictView Of(Conflict conflict) => new(
        conflict.Id, conflict.Kind, conflict.Record, conflict.At, conflict.Open, conflict.System, conflict.Field, conflict.Other, conflict.Detail, conflict.Probability);
}
