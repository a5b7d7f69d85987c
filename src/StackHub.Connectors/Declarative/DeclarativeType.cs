using StackHub.Connecting;
using StackHub.Connectors.Declarative.Calls;
using StackHub.Connectors.Declarative.Format;

namespace StackHub.Connectors.Declarative;

/// <summary>All that a connector can do with one object type.</summary>
internal sealed class DeclarativeType(DeclarativeApi api, VendorSpec spec, ObjectSpec type, TimeProvider time)
{
    private readonly DeclarativeReader reader = new(api, new(api), type, time);

    public DeclarativeReader Reader => reader;

    public DeclarativeFeed Feed { get; } = new(api, new(api), new(api, new(api), type, time), type);

    public DeclarativeErasure? Erasure { get; } = type.Erase is { } erase ? new(api, new(api, new(api), type, time), type, erase) : null;

    public Task<IReadOnlyList<WriteOutcome>> WriteAsync(IReadOnlyList<RecordWrite> writes, CancellationToken cancellationToken) =>
        new DeclarativeWriter(api, reader, new(api, reader, new(api, time), type), new(api, type), spec, type).WriteAsync(writes, cancellationToken);

    public IReadOnlyList<PlannedRequest> Preview(IReadOnlyList<RecordWrite> writes) => DeclarativePreview.Of(type, writes, api.Names);

    public async Task<IReadOnlyList<WriteOutcome>> DeleteAsync(IReadOnlyList<string> ids, CancellationToken cancellationToken)
    {
        var outcomes = new List<WriteOutcome>(ids.Count);
        foreach (var id in ids)
        {
            outcomes.Add(type.Delete is not { } delete
                ? new WriteOutcome.Refused("no-delete", $"{spec.DisplayName} has no delete of {type.Name}.")
                : (await api.SendAsync(delete, api.Names.With("id", id), 1, cancellationToken)).Fault?.Outcome() ?? new WriteOutcome.Gone());
        }
        return outcomes;
    }
}
