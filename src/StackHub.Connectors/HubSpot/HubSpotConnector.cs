using System.Text.Json;
using StackHub.Connecting;
using StackHub.Connectors.Http;
using StackHub.Records;

namespace StackHub.Connectors.HubSpot;

/// <summary>HubSpot: companies, contacts and deals, with their associations and the e-mail opt-out.</summary>
internal sealed class HubSpotConnector : IConnector, IVendorSetup, IBatchErasure, IErasurePreview, IStageOptions, IVendorUsage, IDisposable
{
    private readonly HubSpotApi api;
    private readonly HubSpotReader reader;
    private readonly HubSpotFeed feed;
    private readonly HubSpotWriter writer;
    private readonly HubSpotLinker linker;
    private readonly HubSpotConsent consent;
    private readonly HubSpotStages stages;
    private readonly HubSpotSetup setup;

    public HubSpotConnector(ConnectorContext context, ConnectorInfo info, VendorHttp http, HubSpotOptions options)
    {
        var links = new HubSpotLinkMap(options.ContactRoles);
        System = context.System;
        Info = info;
        api = new HubSpotApi(http, new HubSpotPaths(options.ApiVersion));
        reader = new HubSpotReader(System, api, links, options);
        feed = new HubSpotFeed(System, api, reader, options.ListDeletions);
        writer = new HubSpotWriter(System, api, reader, options);
        linker = new HubSpotLinker(System, api, reader, links);
        consent = new HubSpotConsent(api, reader, options);
        stages = new HubSpotStages(System, api, reader);
        setup = new HubSpotSetup(api, options.IdProperty);
        Webhooks = new HubSpotWebhooks(System, options);
    }

    public SystemId System { get; }

    public ConnectorInfo Info { get; }

    public IWebhookReceiver? Webhooks { get; }

    public IAsyncEnumerable<ScanPage> ScanAsync(string objectType, IReadOnlyList<string> fields, string? checkpoint, CancellationToken cancellationToken) =>
        reader.ScanAsync(HubSpotObject.Of(objectType), fields, checkpoint, cancellationToken);

    public IAsyncEnumerable<FeedPage> ChangesAsync(string objectType, IReadOnlyList<string> fields, FeedPosition from, DateTimeOffset until, CancellationToken cancellationToken) =>
        feed.ChangesAsync(HubSpotObject.Of(objectType), fields, from, until, cancellationToken);

    public Task<IReadOnlyList<Change>> ReadAsync(string objectType, IReadOnlyList<string> fields, IReadOnlyList<string> ids, CancellationToken cancellationToken) =>
        reader.ReadAsync(HubSpotObject.Of(objectType), fields, ids, cancellationToken);

    public async Task<IReadOnlyList<WriteOutcome>> WriteAsync(string objectType, IReadOnlyList<RecordWrite> writes, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(writes.Count, HubSpotFactory.Batch, nameof(writes));
        var type = HubSpotObject.Of(objectType);
        var outcomes = await writer.WriteAsync(type, writes, cancellationToken).ConfigureAwait(false);
        await linker.WriteAsync(type, writes, outcomes, cancellationToken).ConfigureAwait(false);
        await consent.WriteAsync(type, writes, outcomes, cancellationToken).ConfigureAwait(false);
        await stages.WriteAsync(type, writes, outcomes, cancellationToken).ConfigureAwait(false);
        return outcomes;
    }

    public IReadOnlyList<PlannedRequest> Preview(string objectType, IReadOnlyList<RecordWrite> writes)
    {
        var type = HubSpotObject.Of(objectType);
        return [.. writer.Preview(type, writes), .. linker.Preview(type, writes), .. stages.Preview(type, writes)];
    }

    public async Task<IReadOnlyList<WriteOutcome>> DeleteAsync(string objectType, IReadOnlyList<string> ids, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(ids.Count, HubSpotFactory.Batch, nameof(ids));
        var type = HubSpotObject.Of(objectType);
        var reply = await api.ArchiveAsync(type, [.. ids.Select(id => new HubSpotId(id))], cancellationToken).ConfigureAwait(false);
        WriteOutcome outcome = reply.Error is { } error ? HubSpotErrors.Outcome(System, type, error) : new WriteOutcome.Gone();
        return [.. ids.Select(_ => outcome)];
    }

    public IReadOnlyList<PlannedRequest> PreviewErasure(ErasureRequest request) => request.Id is not { } id ? [] :
        [new("POST", api.ErasePath(HubSpotObject.Of(request.ObjectType)), JsonSerializer.Serialize(new(id), HubSpotJson.Default.HubSpotErasureOf))];

    public Task<ErasureOutcome> EraseAsync(ErasureRequest request, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(request.ObjectType, HubSpotObject.Contacts.Name, nameof(request));
        return HubSpotErasure.Of(this, api).EraseAsync(request, cancellationToken);
    }

    public int MostErasures(string objectType) => HubSpotErasure.Most;

    public Task<IReadOnlyList<ErasureOutcome>> EraseAllAsync(IReadOnlyList<ErasureRequest> requests, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(requests[0].ObjectType, HubSpotObject.Contacts.Name, nameof(requests));
        return HubSpotErasure.Of(this, api).EraseAllAsync(requests, cancellationToken);
    }

    public IAsyncEnumerable<VendorUser> UsersAsync(CancellationToken cancellationToken) => new HubSpotUsage(api).UsersAsync(cancellationToken);

    public Task<VendorUsage> UsageAsync(CancellationToken cancellationToken) => Task.FromResult(HubSpotUsage.Told);

    public Task<IReadOnlyList<string>> CheckAsync(CancellationToken cancellationToken) => setup.ProblemsAsync(cancellationToken);

    public Task<IReadOnlyList<string>> EnsureCustomFieldsAsync(CancellationToken cancellationToken) => setup.EnsureAsync(cancellationToken);

    /// <summary>Hidden ones included: records may still hold them.</summary>
    public async Task<IReadOnlyList<StageOption>> StagesAsync(CancellationToken cancellationToken)
    {
        var stages = new List<StageOption>();
        foreach (var name in (string[])[HubSpotObject.Stage, HubSpotObject.LeadStatus])
            if (await api.PropertyAsync(HubSpotObject.Contacts, name, cancellationToken).ConfigureAwait(false) is { Options: { } options })
                stages.AddRange(options.OrderBy(option => option.DisplayOrder).Select(option => new StageOption(name, option.Value, option.Label ?? option.Value)));
        return stages;
    }

    public void Dispose() => api.Dispose();
}
