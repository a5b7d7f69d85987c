using StackHub.Connecting;
using StackHub.Records;

namespace StackHub.Connectors.Salesforce;

/// <summary>One Salesforce organisation.</summary>
public sealed class SalesforceConnector : IConnector, IBatchErasure, IErasurePreview, IStageOptions, IVendorUsage, IDisposable
{
    private readonly SalesforceOptions options;
    private readonly SalesforceApi api;
    private readonly SalesforceReader reader;
    private readonly SalesforceFeed feed;
    private readonly SalesforceWriter writer;

    internal SalesforceConnector(ConnectorContext context, HttpMessageHandler? transport = null)
    {
        System = context.System;
        options = SalesforceSettings.Read(context.Settings);
        Info = SalesforceInfo.For(options);
        Webhooks = new SalesforceWebhooks(System, options);
        api = new(context, options, transport);
        var contexts = new RowContexts(api, options);
        var fates = new RecordFates(api, System);
        reader = new(api, contexts, fates, System, context.Time);
        feed = new(reader, contexts, System);
        writer = new(api, new PeopleSearch(api, options, System), new ContactRoleWriter(api, contexts), fates, options, System);
    }

    public SystemId System { get; }

    public ConnectorInfo Info { get; }

    public IWebhookReceiver? Webhooks { get; }

    /// <summary>The organisation's daily calls as the newest answer told them; null before the first.</summary>
    public ApiUsage? Usage => api.Usage;

    public IAsyncEnumerable<ScanPage> ScanAsync(string objectType, IReadOnlyList<string> fields, string? checkpoint, CancellationToken cancellationToken) =>
        reader.ScanAsync(SalesforceObject.Get(objectType), fields, checkpoint, cancellationToken);

    public IAsyncEnumerable<FeedPage> ChangesAsync(string objectType, IReadOnlyList<string> fields, FeedPosition from, DateTimeOffset until, CancellationToken cancellationToken) =>
        feed.ChangesAsync(SalesforceObject.Get(objectType), fields, from, until, cancellationToken);

    public Task<IReadOnlyList<Change>> ReadAsync(string objectType, IReadOnlyList<string> fields, IReadOnlyList<string> ids, CancellationToken cancellationToken) =>
        reader.ReadAsync(SalesforceObject.Get(objectType), fields, ids, cancellationToken);

    public Task<IReadOnlyList<WriteOutcome>> WriteAsync(string objectType, IReadOnlyList<RecordWrite> writes, CancellationToken cancellationToken) =>
        writer.WriteAsync(SalesforceObject.Get(objectType), writes, cancellationToken);

    public IReadOnlyList<PlannedRequest> Preview(string objectType, IReadOnlyList<RecordWrite> writes) =>
        SalesforcePreview.Of(options, SalesforceObject.Get(objectType), writes);

    public Task<IReadOnlyList<WriteOutcome>> DeleteAsync(string objectType, IReadOnlyList<string> ids, CancellationToken cancellationToken) =>
        writer.DeleteAsync(SalesforceObject.Get(objectType), ids, cancellationToken);

    public IReadOnlyList<PlannedRequest> PreviewErasure(ErasureRequest request) => request.Id is not { } id ? [] :
        [
            new("POST", SalesforceBulk.JobsOf(api), $"{{\"object\":\"{request.ObjectType}\",\"operation\":\"hardDelete\"}}"),
            new("PUT", $"{SalesforceBulk.JobsOf(api)}/{{job}}/batches", $"Id: {id}"),
            new("PATCH", $"{SalesforceBulk.JobsOf(api)}/{{job}}", """{"state":"UploadComplete"}"""),
        ];

    public Task<ErasureOutcome> EraseAsync(ErasureRequest request, CancellationToken cancellationToken) => SalesforceObject.Get(request.ObjectType) is { Kind: RecordKind.Person } type
        ? new SalesforceErasure(api, type).EraseAsync(request, cancellationToken)
        : throw new ArgumentOutOfRangeException(nameof(request), request.ObjectType, "Only contacts and leads are people.");

    public int MostErasures(string objectType) => SalesforceErasure.Most;

    public Task<IReadOnlyList<ErasureOutcome>> EraseAllAsync(IReadOnlyList<ErasureRequest> requests, CancellationToken cancellationToken) => SalesforceObject.Get(requests[0].ObjectType) is { Kind: RecordKind.Person } type
        ? new SalesforceErasure(api, type).EraseAllAsync(requests, cancellationToken)
        : throw new ArgumentOutOfRangeException(nameof(requests), requests[0].ObjectType, "Only contacts and leads are people.");

    public Task<IReadOnlyList<StageOption>> StagesAsync(CancellationToken cancellationToken) => new SalesforceStages(api).ReadAsync(cancellationToken);

    public IAsyncEnumerable<VendorUser> UsersAsync(CancellationToken cancellationToken) => new SalesforceUsage(api).UsersAsync(cancellationToken);

    public Task<VendorUsage> UsageAsync(CancellationToken cancellationToken) => new SalesforceUsage(api).UsageAsync(cancellationToken);

    public Task<IReadOnlyList<string>> CheckAsync(CancellationToken cancellationToken) => new SalesforceCheck(api, options).ProblemsAsync(cancellationToken);

    public void Dispose() => api.Dispose();
}
