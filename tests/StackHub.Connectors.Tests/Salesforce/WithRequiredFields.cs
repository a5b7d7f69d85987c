using StackHub.Connecting;
using StackHub.Connectors.Salesforce;
using StackHub.Mapping;
using StackHub.Records;

namespace StackHub.Connectors.Tests.Salesforce;

/// <summary>Does what the hub does: creates carry the placeholders of the fields that Salesforce requires.</summary>
internal sealed class WithRequiredFields(SalesforceConnector inner) : IConnector, IErasure, IVendorUsage, IStageOptions, IDisposable
{
    public SystemId System => inner.System;

    public ConnectorInfo Info => inner.Info;

    public IWebhookReceiver? Webhooks => inner.Webhooks;

    public static IReadOnlyDictionary<string, string?> Of(string objectType, IReadOnlyDictionary<string, string?> fields)
    {
        var all = Placeholders(objectType).ToDictionary(field => field.VendorField, field => field.Placeholder);
        foreach (var (name, value) in fields)
            all[name] = value;
        return all;
    }

    public IAsyncEnumerable<ScanPage> ScanAsync(string objectType, IReadOnlyList<string> fields, string? checkpoint, CancellationToken cancellationToken) =>
        inner.ScanAsync(objectType, fields, checkpoint, cancellationToken);

    public IAsyncEnumerable<FeedPage> ChangesAsync(string objectType, IReadOnlyList<string> fields, FeedPosition from, DateTimeOffset until, CancellationToken cancellationToken) =>
        inner.ChangesAsync(objectType, fields, from, until, cancellationToken);

    public Task<IReadOnlyList<Change>> ReadAsync(string objectType, IReadOnlyList<string> fields, IReadOnlyList<string> ids, CancellationToken cancellationToken) =>
        inner.ReadAsync(objectType, fields, ids, cancellationToken);

    public Task<IReadOnlyList<WriteOutcome>> WriteAsync(string objectType, IReadOnlyList<RecordWrite> writes, CancellationToken cancellationToken) =>
        inner.WriteAsync(objectType, [.. writes.Select(Completed)], cancellationToken);

    public IAsyncEnumerable<VendorUser> UsersAsync(CancellationToken cancellationToken) => inner.UsersAsync(cancellationToken);

    public Task<VendorUsage> UsageAsync(CancellationToken cancellationToken) => inner.UsageAsync(cancellationToken);

    public Task<IReadOnlyList<StageOption>> StagesAsync(CancellationToken cancellationToken) => inner.StagesAsync(cancellationToken);

    public IReadOnlyList<PlannedRequest> Preview(string objectType, IReadOnlyList<RecordWrite> writes) => inner.Preview(objectType, writes);

    public Task<IReadOnlyList<WriteOutcome>> DeleteAsync(string objectType, IReadOnlyList<string> ids, CancellationToken cancellationToken) =>
        inner.DeleteAsync(objectType, ids, cancellationToken);

    public Task<ErasureOutcome> EraseAsync(ErasureRequest request, CancellationToken cancellationToken) => ((IErasure)inner).EraseAsync(request, cancellationToken);

    public Task<IReadOnlyList<string>> CheckAsync(CancellationToken cancellationToken) => inner.CheckAsync(cancellationToken);

    public void Dispose() => inner.Dispose();

    private static RecordWrite Completed(RecordWrite write)
    {
        if (write.Target is not null)
            return write;
        var missing = Placeholders(write.ObjectType).Where(field => !write.Fields.Any(known => known.VendorField == field.VendorField));
        return write with { Fields = [.. write.Fields, .. missing.Select(field => new FieldWrite(field.VendorField, field.Type, new FieldValue(field.Placeholder)))] };
    }

    private static IEnumerable<FieldMap> Placeholders(string objectType) =>
        SalesforceMaps.Default.Single(map => map.ObjectType == objectType).Fields.Where(field => field.Placeholder is not null);
}
