using System.Collections.Frozen;
using StackHub.Records;

namespace StackHub.Flows;

/// <summary>A flow that wants to hear of records whose fields changed.</summary>
/// <param name="Queue">Where it is told, by <see cref="RecordsChanged"/>.</param>
/// <param name="Fields">The fields it reads; a kind that is absent is none of its business.</param>
public sealed record FlowSubscription(string Queue, FrozenDictionary<RecordKind, FrozenSet<string>> Fields)
{
    public bool Reads(HubRecord? before, HubRecord after) =>
        Fields.TryGetValue(after.Kind, out var fields) && fields.Any(field => FieldChange.Differs(before, after, field));
}
