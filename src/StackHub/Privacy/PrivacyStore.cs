using StackHub.Privacy.Holds;
using StackHub.Privacy.SubjectKeys;
using StackHub.Privacy.Tasks;
using StackHub.Records;
using StackHub.Storage;

namespace StackHub.Privacy;

/// <summary>
/// Requests, their tasks and their gates: one partition a request, so that a task and the gate it passes are written together or not at
/// all. Beside them the indexes, which hold hashes and ids only. Whom a request is about is sealed under a key of its own
/// (<see cref="ShredAsync"/>): destroying that makes it unreadable in every copy and backup.
/// </summary>
public sealed class PrivacyStore(PrivacyRows rows, ITableStore tables, SubjectKeyStore subjects)
{
    private const string RequestRow = "request";
    private const string GateRow = "gate";
    private const string TaskPrefix = "task|";
    private const string OpenPartition = "open";

    public async Task<PrivacyRequest?> FindAsync(RequestId id, CancellationToken cancellationToken) =>
        await rows.GetAsync(id.ToString(), RequestRow, PrivacyJson.Default.KeptRequest, cancellationToken) is { Value: var kept }
            ? kept.Open(kept.Personal is null ? null : await subjects.FindAsync(KeyOf(id), cancellationToken))
            : null;

    /// <summary>The request as it is stored after the call: this one, or the one that was there.</summary>
    public async Task<PrivacyRequest> AddAsync(PrivacyRequest request, IEnumerable<string> aliases, CancellationToken cancellationToken)
    {
        // The indexes first: what they point to and is not there yet is nobody's, but what they miss would never be found.
        await IndexAsync(request.Id, aliases, cancellationToken);
        await tables.UpsertAsync(Tables.PrivacyIndex, new(OpenPartition, request.Id.ToString(), new Dictionary<string, object>()), cancellationToken);
        var kept = KeptRequest.Of(request, await subjects.GetOrMakeAsync(KeyOf(request.Id), cancellationToken));
        return await rows.InsertAsync(request.Id.ToString(), RequestRow, kept, PrivacyJson.Default.KeptRequest, cancellationToken)
            ? request
            : (await FindAsync(request.Id, cancellationToken))!;
    }

    public async Task IndexAsync(RequestId id, IEnumerable<string> aliases, CancellationToken cancellationToken)
    {
        foreach (var alias in aliases.Distinct(StringComparer.Ordinal))
            await tables.UpsertAsync(Tables.PrivacyIndex, new($"alias|{alias}", id.ToString(), new Dictionary<string, object>()), cancellationToken);
    }

    /// <summary>Requests that named, or found, one of these hashed aliases.</summary>
    public async Task<IReadOnlyList<RequestId>> WithAsync(IEnumerable<string> aliases, CancellationToken cancellationToken)
    {
        var found = new SortedSet<RequestId>();
        foreach (var alias in aliases.Distinct(StringComparer.Ordinal))
            await foreach (var row in tables.RowsAsync(Tables.PrivacyIndex, TableRange.In($"alias|{alias}"), cancellationToken))
                found.Add(RequestId.Parse(row.Row));
        return [.. found];
    }

    /// <summary>Applies a decision to the newest version and saves what it moved; the answer of the version it was saved on.</summary>
    public Task<MoveAnswer> MoveAsync(RequestId id, Func<PrivacyRequest, MoveAnswer> decide, CancellationToken cancellationToken) =>
        MoveAsync(id, request => Task.FromResult(decide(request)), cancellationToken);

    /// <summary>The same for a decision from where the request's tasks are: nobody's older look at them undoes a newer one's.</summary>
    public Task<MoveAnswer> MoveAsync(RequestId id, Func<PrivacyRequest, IReadOnlyList<PrivacyTask>, MoveAnswer> decide, CancellationToken cancellationToken) =>
        MoveAsync(id, async request => decide(request, await TasksAsync(id, cancellationToken)), cancellationToken);

    /// <summary>Destroys the key of whom the request is about, with a line in its evidence; again is the same.</summary>
    public Task ShredAsync(RequestId id, CancellationToken cancellationToken) => subjects.DestroyAsync(KeyOf(id), id.ToString(), cancellationToken);

    /// <summary>Requests that are not over, or whose tasks still watch that nobody comes back.</summary>
    public async Task<IReadOnlyList<RequestId>> OpenAsync(CancellationToken cancellationToken)
    {
        var open = new List<RequestId>();
        await foreach (var row in tables.RowsAsync(Tables.PrivacyIndex, TableRange.In(OpenPartition), cancellationToken))
            open.Add(RequestId.Parse(row.Row));
        return open;
    }

    public Task CloseAsync(RequestId id, CancellationToken cancellationToken) => tables.DeleteAsync(Tables.PrivacyIndex, OpenPartition, id.ToString(), null, cancellationToken);

    public Task ReopenAsync(RequestId id, CancellationToken cancellationToken) =>
        tables.UpsertAsync(Tables.PrivacyIndex, new(OpenPartition, id.ToString(), new Dictionary<string, object>()), cancellationToken);

    public Task<bool> AddAsync(PrivacyTask task, CancellationToken cancellationToken) =>
        rows.InsertAsync(task.Request.ToString(), TaskPrefix + task.Id, task, PrivacyJson.Default.PrivacyTask, cancellationToken);

    public async Task<PrivacyTask?> FindAsync(RequestId id, string task, CancellationToken cancellationToken) =>
        (await rows.GetAsync(id.ToString(), TaskPrefix + task, PrivacyJson.Default.PrivacyTask, cancellationToken))?.Value;

    public Task<Stored<PrivacyTask>?> ReadTaskAsync(RequestId id, string task, CancellationToken cancellationToken) =>
        rows.GetAsync(id.ToString(), TaskPrefix + task, PrivacyJson.Default.PrivacyTask, cancellationToken);

    public async Task<IReadOnlyList<PrivacyTask>> TasksAsync(RequestId id, CancellationToken cancellationToken) =>
        [.. (await rows.ListAsync(id.ToString(), TaskPrefix, PrivacyJson.Default.PrivacyTask, cancellationToken)).Select(stored => stored.Value).OrderBy(task => task.Stage).ThenBy(task => task.System)];

    public Task<PrivacyTask?> ChangeAsync(RequestId id, string task, Func<PrivacyTask, PrivacyTask> change, CancellationToken cancellationToken) =>
        rows.ChangeAsync(id.ToString(), TaskPrefix + task, PrivacyJson.Default.PrivacyTask, change, cancellationToken);

    public Task<bool> AddAsync(RequestId id, RequestGate gate, CancellationToken cancellationToken) =>
        rows.InsertAsync(id.ToString(), GateRow, gate, PrivacyJson.Default.RequestGate, cancellationToken);

    public Task<Stored<RequestGate>?> ReadGateAsync(RequestId id, CancellationToken cancellationToken) =>
        rows.GetAsync(id.ToString(), GateRow, PrivacyJson.Default.RequestGate, cancellationToken);

    public Task<RequestGate?> ChangeGateAsync(RequestId id, Func<RequestGate, RequestGate> change, CancellationToken cancellationToken) =>
        rows.ChangeAsync(id.ToString(), GateRow, PrivacyJson.Default.RequestGate, change, cancellationToken);

    /// <summary>The task's next version together with the gate as it was read: refused when a hold was placed or lifted since.</summary>
    public Task<bool> PassAsync(PrivacyTask after, string taskETag, Stored<RequestGate> gate, CancellationToken cancellationToken)
    {
        var partition = after.Request.ToString();
        return rows.WriteAsync(
        [
            new TableAction.Replace(rows.ToRow(partition, TaskPrefix + after.Id, after, PrivacyJson.Default.PrivacyTask), taskETag),
            new TableAction.Replace(rows.ToRow(partition, GateRow, gate.Value, PrivacyJson.Default.RequestGate), gate.ETag),
        ], cancellationToken);
    }

    /// <summary>Systems in which a request still has work: they cannot be taken out of the configuration.</summary>
    public async Task<IReadOnlyList<(SystemId System, RequestId Request)>> BusyAsync(CancellationToken cancellationToken)
    {
        var busy = new List<(SystemId, RequestId)>();
        foreach (var id in await OpenAsync(cancellationToken))
            busy.AddRange((await TasksAsync(id, cancellationToken)).Where(task => !task.IsOver).Select(task => (task.System, id)));
        return busy;
    }

    private async Task<MoveAnswer> MoveAsync(RequestId id, Func<PrivacyRequest, Task<MoveAnswer>> decide, CancellationToken cancellationToken)
    {
        MoveAnswer answer = new MoveAnswer.Refused(RequestRefusal.Unknown, "There is no such request.");
        var key = await subjects.FindAsync(KeyOf(id), cancellationToken);
        await rows.ChangeAsync(id.ToString(), RequestRow, PrivacyJson.Default.KeptRequest, async kept =>
        {
            var request = kept.Open(key);
            answer = await decide(request);
            return answer is MoveAnswer.Moved moved && !ReferenceEquals(moved.Request, request) ? KeptRequest.Of(moved.Request, key) : kept;
        }, cancellationToken);
        return answer;
    }

    private static string KeyOf(RequestId id) => $"request-{id}";
}
