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
public sealed class ErasingSystem(FakeSystem inner, TimeProvider time) : IConnector, IBatchErasure, IErasurePreview, IErasureReach
{
    private readonly Lock gate = new();
    private readonly List<Deletion> deletions = [];
    private readonly List<int> asked = [];

    public FakeSystem Inner => inner;

    /// <summary>How many it erases in one call.</summary>
    public int Most { get; set; } = 1;

    /// <summary>How many each call that would delete named.</summary>
    public IReadOnlyList<int> Asked
    {
        get
        {
            lock (gate)
                return [.. asked];
        }
    }

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

    /// <summary>The records it refuses to erase.</summary>
    public Func<string, bool> RefusesOne { get; set; } = _ => false;

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

    public async Task<ErasureOutcome> EraseAsync(ErasureRequest request, CancellationToken cancellationToken) => (await EraseAllAsync([request], cancellationToken))[0];

    /// <summary>What an erasure takes along.</summary>
    public ErasureReach? Reach { get; set; }

    public Task<ErasureReach?> ReachAsync(string objectType, string id, CancellationToken cancellationToken) => Task.FromResult(Reach);

    public int MostErasures(string objectType) => Most;

    public async Task<IReadOnlyList<ErasureOutcome>> EraseAllAsync(IReadOnlyList<ErasureRequest> requests, CancellationToken cancellationToken)
    {
        await Task.Yield();
        ArgumentOutOfRangeException.ThrowIfGreaterThan(requests.Count, Most);
        ByAddress += requests.Count(request => request.Email is not null);
        if (Before is { } before)
            await before();
        var first = requests.Count(request => request.Ticket is null);
        if (first > 0)
            lock (gate)
                asked.Add(first);
        ErasureOutcome[] outcomes = [.. requests.Select(request => request.Ticket is { } ticket ? AskedAfter(ticket) : Erase(request))];
        if (After is { } after)
            await after();
        return outcomes;
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
            if (RefusesOne(request.Id!))
                return new ErasureOutcome.Refused("is-staff", "");
            var there = inner.Live(request.ObjectType).ContainsKey(request.Id!) && !IsBlind;
            deletions.Add(new(request.Id!, time.GetUtcNow(), there));
            if (!there)
                return new ErasureOutcome.NotFound();
            inner.Delete(request.Id!);
            return new ErasureOutcome.Accepted($"{request.ObjectType}:{request.Id}:{(time.GetUtcNow() + Takes).ToUnixTimeMilliseconds()}", Takes);
        }
    }

    private ErasureOutcome AskedAfter(string ticket)
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
