using StackHub.Connecting;
using StackHub.Records;

namespace StackHub.Benchmarks.Job1;

/// <summary>What the systems of JOB-1 have in common: nothing to scan, to read or to poll.</summary>
internal abstract class QuietConnector(SystemId system, ConnectorInfo info) : IConnector
{
    public SystemId System => system;

    public ConnectorInfo Info => info;

    public virtual IWebhookReceiver? Webhooks => null;

    public async IAsyncEnumerable<ScanPage> ScanAsync(string objectType, IReadOnlyList<string> fields, string? checkpoint, [global::System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.CompletedTask;
        yield return new([], null);
    }

    public async IAsyncEnumerable<FeedPage> ChangesAsync(string objectType, IReadOnlyList<string> fields, FeedPosition from, DateTimeOffset until, [global::System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.CompletedTask;
        yield return new([], FeedPosition.At(until));
    }

    public Task<IReadOnlyList<Change>> ReadAsync(string objectType, IReadOnlyList<string> fields, IReadOnlyList<string> ids, CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<Change>>([]);

    public virtual Task<IReadOnlyList<WriteOutcome>> WriteAsync(string objectType, IReadOnlyList<RecordWrite> writes, CancellationToken cancellationToken) => throw new NotSupportedException();

    public IReadOnlyList<PlannedRequest> Preview(string objectType, IReadOnlyList<RecordWrite> writes) => [];

    public Task<IReadOnlyList<WriteOutcome>> DeleteAsync(string objectType, IReadOnlyList<string> ids, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<IReadOnlyList<string>> CheckAsync(CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<string>>([]);
}
