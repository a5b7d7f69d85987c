using StackHub.Connecting;
using StackHub.Connectors.Declarative.Calls;
using StackHub.Connectors.Declarative.Format;
using StackHub.Connectors.Declarative.Webhooks;
using StackHub.Records;

namespace StackHub.Connectors.Declarative;

/// <summary>A system of a vendor that a file describes.</summary>
internal sealed class DeclarativeConnector : IConnector, IErasure, IDisposable
{
    private readonly VendorSpec spec;
    private readonly DeclarativeApi api;
    private readonly Dictionary<string, DeclarativeType> types;

    public DeclarativeConnector(VendorSpec spec, ConnectorInfo info, ConnectorContext context, HttpMessageHandler? transport)
    {
        this.spec = spec;
        (System, Info) = (context.System, info);
        api = new(context, spec, transport);
        types = spec.Objects.ToDictionary(type => type.Name, type => new DeclarativeType(api, spec, type, context.Time), StringComparer.Ordinal);
        if (spec.Webhook is { } webhook)
            Webhooks = new DeclarativeWebhooks(System, webhook, context.Settings.GetValueOrDefault(webhook.Signature.Secret), context.Time);
    }

    public SystemId System { get; }

    public ConnectorInfo Info { get; }

    public IWebhookReceiver? Webhooks { get; }

    public IAsyncEnumerable<ScanPage> ScanAsync(string objectType, IReadOnlyList<string> fields, string? checkpoint, CancellationToken cancellationToken) =>
        Of(objectType).Reader.ScanAsync(fields, checkpoint, cancellationToken);

    public IAsyncEnumerable<FeedPage> ChangesAsync(string objectType, IReadOnlyList<string> fields, FeedPosition from, DateTimeOffset until, CancellationToken cancellationToken) =>
        Of(objectType).Feed.ChangesAsync(fields, from, until, cancellationToken);

    public Task<IReadOnlyList<Change>> ReadAsync(string objectType, IReadOnlyList<string> fields, IReadOnlyList<string> ids, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(ids.Count, DeclarativeReader.Batch, nameof(ids));
        return Of(objectType).Reader.ReadAsync(fields, ids, cancellationToken);
    }

    public Task<IReadOnlyList<WriteOutcome>> WriteAsync(string objectType, IReadOnlyList<RecordWrite> writes, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(writes.Count, Info.Objects.First(type => type.ObjectType == objectType).WriteBatch, nameof(writes));
        return Of(objectType).WriteAsync(writes, cancellationToken);
    }

    public IReadOnlyList<PlannedRequest> Preview(string objectType, IReadOnlyList<RecordWrite> writes) => Of(objectType).Preview(writes);

    public Task<IReadOnlyList<WriteOutcome>> DeleteAsync(string objectType, IReadOnlyList<string> ids, CancellationToken cancellationToken) =>
        Of(objectType).DeleteAsync(ids, cancellationToken);

    public Task<ErasureOutcome> EraseAsync(ErasureRequest request, CancellationToken cancellationToken) =>
        Of(request.ObjectType).Erasure?.EraseAsync(request, cancellationToken)
        ?? Task.FromResult<ErasureOutcome>(new ErasureOutcome.Refused("no-erase", $"{spec.DisplayName} has no erasure of {request.ObjectType}."));

    public async Task<IReadOnlyList<string>> CheckAsync(CancellationToken cancellationToken)
    {
        if (spec.Check is not { } check)
            return [];
        var reply = await api.SendAsync(check, api.Names, 1, cancellationToken);
        return reply.Fault is { } fault ? [$"{spec.DisplayName} answers the check with {fault.Code}: look at the settings of {System}."] : [];
    }

    public void Dispose() => api.Dispose();

    private DeclarativeType Of(string objectType) =>
        types.GetValueOrDefault(objectType) ?? throw new ArgumentOutOfRangeException(nameof(objectType), objectType, $"{spec.DisplayName} has {string.Join(", ", types.Keys)}.");
}
