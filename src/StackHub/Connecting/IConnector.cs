using StackHub.Records;

namespace StackHub.Connecting;

/// <summary>
/// One connected system. Calls obey the vendor's published limits by themselves (see <see cref="IVendorBudget"/>), refresh their
/// token, and throw <see cref="VendorUnavailableException"/> when the vendor cannot be used now.
/// </summary>
public interface IConnector
{
    SystemId System { get; }

    ConnectorInfo Info { get; }

    /// <summary>Null when the vendor sends no webhooks.</summary>
    IWebhookReceiver? Webhooks { get; }

    /// <summary>Every live record of the type, in an order that a checkpoint can resume; <paramref name="fields"/> are vendor names.</summary>
    IAsyncEnumerable<ScanPage> ScanAsync(string objectType, IReadOnlyList<string> fields, string? checkpoint, CancellationToken cancellationToken);

    /// <summary>
    /// Changes with from &lt; (time, id) and time &lt;= <paramref name="until"/>, in (time, id) order, deletions and moves included where the
    /// vendor tells them. Splits its windows before the vendor's page cap; throws when a window makes no progress.
    /// </summary>
    IAsyncEnumerable<FeedPage> ChangesAsync(string objectType, IReadOnlyList<string> fields, FeedPosition from, DateTimeOffset until, CancellationToken cancellationToken);

    /// <summary>Reads by id, at most <see cref="ObjectInfo.ReadBatch"/> ids; what is missing comes back as deleted, what moved as moved.</summary>
    Task<IReadOnlyList<Change>> ReadAsync(string objectType, IReadOnlyList<string> fields, IReadOnlyList<string> ids, CancellationToken cancellationToken);

    /// <summary>
    /// Writes at most <see cref="ObjectInfo.WriteBatch"/> records of one object type; one outcome a record, in order. One bad record never
    /// fails the others. A create never makes a second record for the same hub id, nor for an address the system already has.
    /// </summary>
    Task<IReadOnlyList<WriteOutcome>> WriteAsync(string objectType, IReadOnlyList<RecordWrite> writes, CancellationToken cancellationToken);

    /// <summary>The requests <see cref="WriteAsync"/> would send first, without sending any.</summary>
    IReadOnlyList<PlannedRequest> Preview(string objectType, IReadOnlyList<RecordWrite> writes);

    /// <summary>
    /// Deletes by id as the vendor deletes (recoverable where the vendor has that); what is no longer there, now or before, is
    /// <see cref="WriteOutcome.Gone"/>.
    /// </summary>
    Task<IReadOnlyList<WriteOutcome>> DeleteAsync(string objectType, IReadOnlyList<string> ids, CancellationToken cancellationToken);

    /// <summary>Problems a person should mend before syncing: credentials, missing custom fields, missing permissions. Empty when fine.</summary>
    Task<IReadOnlyList<string>> CheckAsync(CancellationToken cancellationToken);
}

/// <summary>A request in words a person can read: the body is shown to the operator only, never logged.</summary>
public sealed record PlannedRequest(string Method, string Path, string? Body)
{
    public override string ToString() => $"{Method} {Path}";
}
