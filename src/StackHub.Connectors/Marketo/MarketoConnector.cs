using StackHub.Connecting;
using StackHub.Records;

namespace StackHub.Connectors.Marketo;

/// <summary>One Marketo Engage instance: leads, companies and opportunities.</summary>
internal sealed class MarketoConnector : IConnector, IVendorSetup, IBatchErasure, IErasurePreview, IDisposable
{
    private readonly MarketoOptions options;
    private readonly MarketoApi api;
    private readonly MarketoLookup lookup;
    private readonly MarketoReader reader;
    private readonly MarketoFeed feed;
    private readonly MarketoLeads leads;
    private readonly MarketoObjects objects;
    private readonly MarketoSetup setup;

    public MarketoConnector(ConnectorContext context, HttpMessageHandler? transport)
    {
        options = MarketoOptions.From(context.Settings);
        System = context.System;
        Info = MarketoInfo.Of(options);
        Webhooks = options.WebhookToken is { } token ? new MarketoWebhooks(System, token) : null;
        api = new MarketoApi(context, options, transport);
        lookup = new MarketoLookup(api);
        reader = new MarketoReader(api, lookup, new MarketoExports(api, options, context.Time), System, context.Time);
        feed = new MarketoFeed(reader, new MarketoActivities(api), options, System);
        leads = new MarketoLeads(api, lookup, options, System);
        objects = new MarketoObjects(api, options, System);
        setup = new MarketoSetup(api, options);
    }

    public SystemId System { get; }

    public ConnectorInfo Info { get; }

    public IWebhookReceiver? Webhooks { get; }

    public IAsyncEnumerable<ScanPage> ScanAsync(string objectType, IReadOnlyList<string> fields, string? checkpoint, CancellationToken cancellationToken) =>
        reader.ScanAsync(MarketoObject.Of(objectType), fields, checkpoint, cancellationToken);

    public IAsyncEnumerable<FeedPage> ChangesAsync(string objectType, IReadOnlyList<string> fields, FeedPosition from, DateTimeOffset until, CancellationToken cancellationToken) =>
        MarketoObject.Of(objectType) switch
        {
            { IsLeads: true } => feed.LeadsAsync(fields, WholeSecond(from), until, cancellationToken),
            { Kind: RecordKind.Account } => feed.CompaniesAsync(fields, WholeSecond(from), until, cancellationToken),
            _ => AsyncEnumerable.Empty<FeedPage>(), // opportunities: Marketo tells nothing of their changes
        };

    public Task<IReadOnlyList<Change>> ReadAsync(string objectType, IReadOnlyList<string> fields, IReadOnlyList<string> ids, CancellationToken cancellationToken)
    {
        Limit(ids.Count);
        return reader.ReadAsync(MarketoObject.Of(objectType), fields, ids, cancellationToken);
    }

    public Task<IReadOnlyList<WriteOutcome>> WriteAsync(string objectType, IReadOnlyList<RecordWrite> writes, CancellationToken cancellationToken)
    {
        Limit(writes.Count);
        var type = MarketoObject.Of(objectType);
        return type.IsLeads ? leads.WriteAsync(writes, cancellationToken) : objects.WriteAsync(type, writes, cancellationToken);
    }

    public IReadOnlyList<PlannedRequest> Preview(string objectType, IReadOnlyList<RecordWrite> writes) =>
        MarketoPreview.Of(MarketoObject.Of(objectType), writes, leads, options.IdField);

    public Task<IReadOnlyList<WriteOutcome>> DeleteAsync(string objectType, IReadOnlyList<string> ids, CancellationToken cancellationToken)
    {
        Limit(ids.Count);
        var type = MarketoObject.Of(objectType);
        return type.IsLeads ? leads.DeleteAsync(ids, cancellationToken) : objects.DeleteAsync(type, ids, cancellationToken);
    }

    public IReadOnlyList<PlannedRequest> PreviewErasure(ErasureRequest request) => request.Id is not { } id ? [] :
        [new("POST", MarketoObject.Of(request.ObjectType).DeletePath, $"{{\"input\":[{{\"id\":{id}}}]}}")];

    public Task<ErasureOutcome> EraseAsync(ErasureRequest request, CancellationToken cancellationToken) => MarketoObject.Of(request.ObjectType).IsLeads
        ? MarketoErasure.Of(this, leads, lookup).EraseAsync(request, cancellationToken)
        : throw new ArgumentOutOfRangeException(nameof(request), request.ObjectType, "Only leads are people.");

    public int MostErasures(string objectType) => options.Batch;

    public Task<IReadOnlyList<ErasureOutcome>> EraseAllAsync(IReadOnlyList<ErasureRequest> requests, CancellationToken cancellationToken) => MarketoObject.Of(requests[0].ObjectType).IsLeads
        ? MarketoErasure.Of(this, leads, lookup).EraseAllAsync(requests, cancellationToken)
        : throw new ArgumentOutOfRangeException(nameof(requests), requests[0].ObjectType, "Only leads are people.");

    public Task<IReadOnlyList<string>> CheckAsync(CancellationToken cancellationToken) => setup.ProblemsAsync(cancellationToken);

    public Task<IReadOnlyList<string>> EnsureCustomFieldsAsync(CancellationToken cancellationToken) => setup.EnsureAsync(cancellationToken);

    public void Dispose() => api.Dispose();

    private void Limit(int count) => ArgumentOutOfRangeException.ThrowIfGreaterThan(count, options.Batch);

    /// <summary>A position inside a second comes from a clock, and Marketo dates by whole seconds: that second is read again.</summary>
    private static FeedPosition WholeSecond(FeedPosition from) =>
        from.Time.Ticks % TimeSpan.TicksPerSecond == 0 ? from : FeedPosition.At(MarketoTime.Second(from.Time));
}
