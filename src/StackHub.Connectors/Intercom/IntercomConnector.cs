using StackHub.Connecting;
using StackHub.Records;

namespace StackHub.Connectors.Intercom;

/// <summary>One Intercom workspace: contacts and companies.</summary>
public sealed class IntercomConnector : IConnector, IVendorSetup, IBatchErasure, IErasurePreview, IVendorUsage, IDisposable
{
    private readonly IntercomApi api;
    private readonly IntercomScroll scroll;
    private readonly IntercomReader reader;
    private readonly IntercomContactFeed contactFeed;
    private readonly IntercomContacts contacts;
    private readonly IntercomCompanies companies;
    private readonly IntercomAttributes attributes;

    public IntercomConnector(ConnectorContext context)
        : this(context, transport: null)
    {
    }

    internal IntercomConnector(ConnectorContext context, HttpMessageHandler? transport)
    {
        var options = IntercomOptions.From(context.Settings);
        System = context.System;
        Info = IntercomInfo.Of(options);
        Webhooks = new IntercomWebhooks(System, options.ClientSecret);
        api = new IntercomApi(context, options, transport);
        scroll = new IntercomScroll(api);
        reader = new IntercomReader(api, scroll, options, System, context.Time);
        contactFeed = new IntercomContactFeed(api, System);
        contacts = new IntercomContacts(api, options, System, context.Time);
        companies = new IntercomCompanies(api, options, System);
        attributes = new IntercomAttributes(api);
    }

    public SystemId System { get; }

    public ConnectorInfo Info { get; }

    public IWebhookReceiver Webhooks { get; }

    public IAsyncEnumerable<ScanPage> ScanAsync(string objectType, IReadOnlyList<string> fields, string? checkpoint, CancellationToken cancellationToken) =>
        IsContacts(objectType) ? reader.ContactsAsync(fields, checkpoint, cancellationToken) : reader.CompaniesAsync(fields, checkpoint, cancellationToken);

    public IAsyncEnumerable<FeedPage> ChangesAsync(string objectType, IReadOnlyList<string> fields, FeedPosition from, DateTimeOffset until, CancellationToken cancellationToken) =>
        IsContacts(objectType)
            ? contactFeed.ChangesAsync(fields, WholeSecond(from), until, cancellationToken)
            : reader.CompanyChangesAsync(fields, WholeSecond(from), until, cancellationToken);

    public Task<IReadOnlyList<Change>> ReadAsync(string objectType, IReadOnlyList<string> fields, IReadOnlyList<string> ids, CancellationToken cancellationToken)
    {
        _ = IsContacts(objectType);
        Limit(ids.Count, Info.Objects[0].ReadBatch);
        return reader.ReadAsync(objectType, fields, ids, cancellationToken);
    }

    public Task<IReadOnlyList<WriteOutcome>> WriteAsync(string objectType, IReadOnlyList<RecordWrite> writes, CancellationToken cancellationToken)
    {
        Limit(writes.Count, Info.Objects[0].WriteBatch);
        return IsContacts(objectType) ? contacts.WriteAsync(writes, cancellationToken) : companies.WriteAsync(writes, cancellationToken);
    }

    public IReadOnlyList<PlannedRequest> Preview(string objectType, IReadOnlyList<RecordWrite> writes) =>
        IsContacts(objectType) ? IntercomPreview.Contacts(writes, contacts) : IntercomPreview.Companies(writes);

    public Task<IReadOnlyList<WriteOutcome>> DeleteAsync(string objectType, IReadOnlyList<string> ids, CancellationToken cancellationToken) =>
        IsContacts(objectType) ? contacts.DeleteAsync(ids, cancellationToken) : companies.DeleteAsync(ids, cancellationToken);

    public IReadOnlyList<PlannedRequest> PreviewErasure(ErasureRequest request) => request.Id is not { } id ? [] :
        [new("DELETE", $"/contacts/{Uri.EscapeDataString(id)}", null)];

    public Task<ErasureOutcome> EraseAsync(ErasureRequest request, CancellationToken cancellationToken) => IsContacts(request.ObjectType)
        ? IntercomErasure.Of(this, api, contacts).EraseAsync(request, cancellationToken)
        : throw new ArgumentOutOfRangeException(nameof(request), request.ObjectType, "Only contacts are people.");

    public int MostErasures(string objectType) => IntercomErasure.Most;

    public Task<IReadOnlyList<ErasureOutcome>> EraseAllAsync(IReadOnlyList<ErasureRequest> requests, CancellationToken cancellationToken) => IsContacts(requests[0].ObjectType)
        ? IntercomErasure.Of(this, api, contacts).EraseAllAsync(requests, cancellationToken)
        : throw new ArgumentOutOfRangeException(nameof(requests), requests[0].ObjectType, "Only contacts are people.");

    public IAsyncEnumerable<VendorUser> UsersAsync(CancellationToken cancellationToken) => new IntercomUsage(api).UsersAsync(cancellationToken);

    public Task<VendorUsage> UsageAsync(CancellationToken cancellationToken) => new IntercomUsage(api).UsageAsync(cancellationToken);

    public async Task<IReadOnlyList<string>> CheckAsync(CancellationToken cancellationToken)
    {
        try
        {
            await api.CheckAccessAsync(cancellationToken);
            return await attributes.ProblemsAsync(cancellationToken);
        }
        catch (VendorUnavailableException e)
        {
            return [e.NeedsPerson ? $"Intercom refuses us ({e.Reason}): check accessToken, baseUrl (region) and the app's permissions." : $"Intercom cannot be reached: {e.Reason}."];
        }
    }

    public Task<IReadOnlyList<string>> EnsureCustomFieldsAsync(CancellationToken cancellationToken) => attributes.EnsureAsync(cancellationToken);

    public void Dispose()
    {
        scroll.Dispose();
        api.Dispose();
    }

    private static void Limit(int count, int most)
    {
        if (count > most)
            throw new ArgumentException($"{count} records in one call; at most {most}.");
    }

    /// <summary>A position inside a second comes from a clock, and Intercom dates by whole seconds: that second is read again.</summary>
    private static FeedPosition WholeSecond(FeedPosition from) =>
        from.Time.Ticks % TimeSpan.TicksPerSecond == 0 ? from : FeedPosition.At(DateTimeOffset.FromUnixTimeSeconds(from.Time.ToUnixTimeSeconds()));

    private static bool IsContacts(string objectType) => objectType switch
    {
        IntercomFields.Contacts => true,
        IntercomFields.Companies => false,
        _ => throw new ArgumentOutOfRangeException(nameof(objectType), objectType, "Intercom has contacts and companies."),
    };
}
