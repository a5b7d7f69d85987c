using StackHub.Connecting;
using StackHub.Records;
using StackHub.Testing.Sync;

namespace StackHub.Testing.Privacy;

/// <summary>One call that would delete, as the vendor got it.</summary>
/// <param name="Effective">Somebody was there and is not any more.</param>
public sealed record Deletion(string Id, DateTimeOffset At, bool Effective);

/// <summary>
/// A system that erases, and fails as vendors do: throttling, errors, answers that are lost after the work was done, credentials that see
/// nothing, deletions that are only a bin, people who come back.
/// </summary>
public sealed class ErasingSystem(FakeSystem inner, TimeProvider time) : IConnector, IErasure, IErasurePreview
{
    private readonly Lock gate = new();
    private readonly List<Deletion> deletions = [];

    public FakeSystem Inner => inner;

    /// <summary>Called before anything is done; throws as a vendor that did nothing.</summary>
    public Func<Task>? Before { get; set; }

    /// <summary>Called after the work was done; throwing loses the answer.</summary>
    public Func<Task>? After { get; set; }

    /// <summary>How long the vendor takes to say that it is done.</summary>
    public TimeSpan Takes { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>The credential lost its rights: everything reads as absent.</summary>
    public bool IsBlind { get; set; }

    /// <summary>Takes deletions, and says that they are done only when this does.</summary>
    public Func<bool> IsComplete { get; set; } = () => true;

    /// <summary>Answers a refusal instead of erasing.</summary>
    public ErasureOutcome? Refuses { get; set; }

    public IReadOnlyList<Deletion> Deletions
    {
        get
        {
            lock (gate)
                return [.. deletions];
        }
    }

    /// <summary>Requests that named an address instead of an id.</summary>
    public int ByAddress { get; private set; }

    public SystemId System => inner.System;

    public ConnectorInfo Info => inner.Info;

    public IWebhookReceiver? Webhooks => inner.Webhooks;

    public async Task<ErasureOutcome> EraseAsync(ErasureRequest request, CancellationToken cancellationToken)
    {
        await Task.Yield();
        if (request.Email is not null)
            ByAddress++;
        if (Before is { } before)
            await before();
        var outcome = request.Ticket is { } ticket ? Asked(ticket) : Erase(request);
        if (After is { } after)
            await after();
        return outcome;
    }

    public IReadOnlyList<PlannedRequest> PreviewErasure(ErasureRequest request) => [new("DELETE", $"/{request.ObjectType}/{request.Id}?forever=true", null)];

    public async Task<IReadOnlyList<Change>> ReadAsync(string objectType, IReadOnlyList<string> fields, IReadOnlyList<string> ids, CancellationToken cancellationToken)
    {
        var read = await inner.ReadAsync(objectType, fields, ids, cancellationToken);
        return IsBlind ? [.. read.Select(change => new Change.Deleted(change.Ref, time.GetUtcNow()))] : read;
    }

    public IAsyncEnumerable<ScanPage> ScanAsync(string objectType, IReadOnlyList<string> fields, string? checkpoint, CancellationToken cancellationToken) =>
        IsBlind ? Nothing() : inner.ScanAsync(objectType, fields, checkpoint, cancellationToken);

    public IAsyncEnumerable<FeedPage> ChangesAsync(string objectType, IReadOnlyList<string> fields, FeedPosition from, DateTimeOffset until, CancellationToken cancellationToken) =>
        inner.ChangesAsync(objectType, fields, from, until, cancellationToken);

    public Task<IReadOnlyList<WriteOutcome>> WriteAsync(string objectType, IReadOnlyList<RecordWrite> writes, CancellationToken cancellationToken) => inner.WriteAsync(objectType, writes, cancellationToken);

    public IReadOnlyList<PlannedRequest> Preview(string objectType, IReadOnlyList<RecordWrite> writes) => inner.Preview(objectType, writes);

    public Task<IReadOnlyList<WriteOutcome>> DeleteAsync(string objectType, IReadOnlyList<string> ids, CancellationToken cancellationToken) => inner.DeleteAsync(objectType, ids, cancellationToken);

    public Task<IReadOnlyList<string>> CheckAsync(CancellationToken cancellationToken) => inner.CheckAsync(cancellationToken);

    private ErasureOutcome Erase(ErasureRequest request)
    {
        lock (gate)
        {
            if (Refuses is { } refusal)
                return refusal;
            var there = inner.Live(request.ObjectType).ContainsKey(request.Id!) && !IsBlind;
            deletions.Add(new(request.Id!, time.GetUtcNow(), there));
            if (!there)
                return new ErasureOutcome.NotFound();
            inner.Delete(request.Id!);
            return new ErasureOutcome.Accepted($"{request.ObjectType}:{request.Id}:{(time.GetUtcNow() + Takes).ToUnixTimeMilliseconds()}", Takes);
        }
    }

    private ErasureOutcome Asked(string ticket)
    {
        var (type, id, done) = ticket.Split(':') switch { [var t, var i, var d] => (t, i, DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(d))), _ => throw new ArgumentException("Not my ticket.") };
        _ = (type, id);
        return time.GetUtcNow() >= done && IsComplete() ? new ErasureOutcome.Confirmed(ErasureEvidence.Status, 1) : new ErasureOutcome.Accepted(ticket, Takes);
    }

    private static async IAsyncEnumerable<ScanPage> Nothing()
    {
        await Task.Yield();
        yield return new([], null);
    }
}
