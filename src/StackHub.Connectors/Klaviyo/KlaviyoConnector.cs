using StackHub.Connecting;
using StackHub.Records;

namespace StackHub.Connectors.Klaviyo;

/// <summary>One Klaviyo account: profiles, and the e-mail opt-out.</summary>
public sealed class KlaviyoConnector : IConnector, IBatchErasure, IErasurePreview, IDisposable
{
    private readonly KlaviyoApi api;
    private readonly KlaviyoReader reader;
    private readonly KlaviyoScan scan;
    private readonly KlaviyoFeed feed;
    private readonly KlaviyoWriter writer;
    private readonly KlaviyoDeletions deletions;
    private readonly KlaviyoCheck check;

    public KlaviyoConnector(ConnectorContext context)
    {
        var options = new KlaviyoOptions(context.Settings);
        var waiting = new KlaviyoWaiting(context.Time);
        System = context.System;
        Info = KlaviyoInfo.Of(options);
        Webhooks = new KlaviyoWebhooks(System, options.WebhookSecret);
        api = new KlaviyoApi(context, options);
        reader = new KlaviyoReader(api, options, System, context.Time);
        scan = new KlaviyoScan(api, reader);
        feed = new KlaviyoFeed(api, reader);
        writer = new KlaviyoWriter(new(api, reader, options, waiting), new(api, reader, options), new(api, reader, options, waiting), reader, options);
        deletions = new KlaviyoDeletions(api, reader, options, waiting);
        check = new KlaviyoCheck(api, options);
    }

    public SystemId System { get; }

    public ConnectorInfo Info { get; }

    public IWebhookReceiver Webhooks { get; }

    public IAsyncEnumerable<ScanPage> ScanAsync(string objectType, IReadOnlyList<string> fields, string? checkpoint, CancellationToken cancellationToken)
    {
        Require(objectType);
        return scan.PagesAsync(fields, checkpoint, cancellationToken);
    }

    public IAsyncEnumerable<FeedPage> ChangesAsync(string objectType, IReadOnlyList<string> fields, FeedPosition from, DateTimeOffset until, CancellationToken cancellationToken)
    {
        Require(objectType);
        return feed.ChangesAsync(fields, from, until, cancellationToken);
    }

    public Task<IReadOnlyList<Change>> ReadAsync(string objectType, IReadOnlyList<string> fields, IReadOnlyList<string> ids, CancellationToken cancellationToken)
    {
        Require(objectType);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(ids.Count, Info.Objects[0].ReadBatch, nameof(ids));
        return reader.ReadAsync(fields, ids, cancellationToken);
    }

    public Task<IReadOnlyList<WriteOutcome>> WriteAsync(string objectType, IReadOnlyList<RecordWrite> writes, CancellationToken cancellationToken)
    {
        Require(objectType);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(writes.Count, Info.Objects[0].WriteBatch, nameof(writes));
        return writer.WriteAsync(writes, cancellationToken);
    }

    public IReadOnlyList<PlannedRequest> Preview(string objectType, IReadOnlyList<RecordWrite> writes)
    {
        Require(objectType);
        return writer.Preview(writes);
    }

    public Task<IReadOnlyList<WriteOutcome>> DeleteAsync(string objectType, IReadOnlyList<string> ids, CancellationToken cancellationToken)
    {
        Require(objectType);
        return deletions.DeleteAsync(ids, cancellationToken);
    }

    public IReadOnlyList<PlannedRequest> PreviewErasure(ErasureRequest request) => request.Id is not { } id ? [] :
        [new("POST", KlaviyoJobRequest.Erase(id).Path, $"profile {id}")];

    public Task<ErasureOutcome> EraseAsync(ErasureRequest request, CancellationToken cancellationToken)
    {
        Require(request.ObjectType);
        return KlaviyoErasure.Of(this, api, reader).EraseAsync(request, cancellationToken);
    }

    public int MostErasures(string objectType) => KlaviyoErasure.Most;

    public Task<IReadOnlyList<ErasureOutcome>> EraseAllAsync(IReadOnlyList<ErasureRequest> requests, CancellationToken cancellationToken)
    {
        Require(requests[0].ObjectType);
        return KlaviyoErasure.Of(this, api, reader).EraseAllAsync(requests, cancellationToken);
    }

    public Task<IReadOnlyList<string>> CheckAsync(CancellationToken cancellationToken) => check.ProblemsAsync(cancellationToken);

    public void Dispose() => api.Dispose();

    private static void Require(string objectType)
    {
        if (objectType != KlaviyoFields.Profiles)
            throw new ArgumentOutOfRangeException(nameof(objectType), objectType, "Klaviyo has profiles.");
    }
}
