using StackHub.Connecting;
using StackHub.Records;

namespace StackHub.Connectors.Zendesk;

/// <summary>One Zendesk Support account: end users and organizations. Agents and admins are never read nor written.</summary>
internal sealed class ZendeskConnector : IConnector, IVendorSetup, IBatchErasure, IErasurePreview, IVendorUsage, IDisposable
{
    private readonly ZendeskApi api;
    private readonly ZendeskJobs jobs;
    private readonly ZendeskReader reader;
    private readonly ZendeskFeed feed;
    private readonly ZendeskWriter writer;
    private readonly ZendeskSetup setup;

    public ZendeskConnector(ConnectorContext context, HttpMessageHandler? transport)
    {
        var options = new ZendeskOptions(context.Settings);
        System = context.System;
        Info = ZendeskInfo.Of(options);
        Webhooks = new ZendeskWebhooks(System, options.WebhookSecret);
        api = new ZendeskApi(context, options, transport);
        jobs = new ZendeskJobs(api, options, context.Time);
        reader = new ZendeskReader(api, System, context.Time);
        feed = new ZendeskFeed(api, reader, options, System);
        writer = new ZendeskWriter(api, new ZendeskBulk(api, jobs, options), new ZendeskDuplicates(api, options, System), new ZendeskEmails(api), System);
        setup = new ZendeskSetup(api);
    }

    public SystemId System { get; }

    public ConnectorInfo Info { get; }

    public IWebhookReceiver? Webhooks { get; }

    public IAsyncEnumerable<ScanPage> ScanAsync(string objectType, IReadOnlyList<string> fields, string? checkpoint, CancellationToken cancellationToken) =>
        reader.ScanAsync(ZendeskType.Of(objectType), fields, checkpoint, cancellationToken);

    public IAsyncEnumerable<FeedPage> ChangesAsync(string objectType, IReadOnlyList<string> fields, FeedPosition from, DateTimeOffset until, CancellationToken cancellationToken) =>
        feed.ChangesAsync(ZendeskType.Of(objectType), fields, from, until, cancellationToken);

    public Task<IReadOnlyList<Change>> ReadAsync(string objectType, IReadOnlyList<string> fields, IReadOnlyList<string> ids, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(ids.Count, ZendeskInfo.Batch, nameof(ids));
        return reader.ReadAsync(ZendeskType.Of(objectType), fields, ids, cancellationToken);
    }

    public Task<IReadOnlyList<WriteOutcome>> WriteAsync(string objectType, IReadOnlyList<RecordWrite> writes, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(writes.Count, ZendeskInfo.Batch, nameof(writes));
        return writer.WriteAsync(ZendeskType.Of(objectType), writes, cancellationToken);
    }

    public IAsyncEnumerable<VendorUser> UsersAsync(CancellationToken cancellationToken) => new ZendeskUsage(api).UsersAsync(cancellationToken);

    public Task<VendorUsage> UsageAsync(CancellationToken cancellationToken) => Task.FromResult(ZendeskUsage.Told);

    public IReadOnlyList<PlannedRequest> Preview(string objectType, IReadOnlyList<RecordWrite> writes) => ZendeskPreview.Of(ZendeskType.Of(objectType), writes);

    public Task<IReadOnlyList<WriteOutcome>> DeleteAsync(string objectType, IReadOnlyList<string> ids, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(ids.Count, ZendeskInfo.Batch, nameof(ids));
        return writer.DeleteAsync(ZendeskType.Of(objectType), ids, cancellationToken);
    }

    public IReadOnlyList<PlannedRequest> PreviewErasure(ErasureRequest request) => request.Id is not { } id ? [] :
        [new("DELETE", $"/api/v2/users/{Uri.EscapeDataString(id)}", null), new("DELETE", $"/api/v2/deleted_users/{Uri.EscapeDataString(id)}", null)];

    public Task<ErasureOutcome> EraseAsync(ErasureRequest request, CancellationToken cancellationToken) => ZendeskType.Of(request.ObjectType).IsUsers
        ? new ZendeskErasure(api, writer).EraseAsync(request, cancellationToken)
        : throw new ArgumentOutOfRangeException(nameof(request), request.ObjectType, "Only users are people.");

    public int MostErasures(string objectType) => ZendeskErasure.Most;

    public Task<IReadOnlyList<ErasureOutcome>> EraseAllAsync(IReadOnlyList<ErasureRequest> requests, CancellationToken cancellationToken) => ZendeskType.Of(requests[0].ObjectType).IsUsers
        ? new ZendeskErasure(api, writer).EraseAllAsync(requests, cancellationToken)
        : throw new ArgumentOutOfRangeException(nameof(requests), requests[0].ObjectType, "Only users are people.");

    public Task<IReadOnlyList<string>> CheckAsync(CancellationToken cancellationToken) => setup.ProblemsAsync(cancellationToken);

    public Task<IReadOnlyList<string>> EnsureCustomFieldsAsync(CancellationToken cancellationToken) => setup.EnsureAsync(cancellationToken);

    public void Dispose()
    {
        jobs.Dispose();
        api.Dispose();
    }
}
