using StackHub.Security;
using StackHub.Storage;
using StackHub.Suppression;

namespace StackHub.Privacy.Intake;

/// <summary>Keeps what came with requests; it leaves the hub with the person, and when the request is over.</summary>
public sealed class IntakeNotes(PrivacyRows rows, PrivacyStore store, ITableStore tables, HubKeys keys) : ISubjectStore
{
    private const string Row = "intake";
    private const string Index = "note";

    public string Name => "words beside privacy requests";

    public async Task KeepAsync(RequestId id, IntakeNote note, CancellationToken cancellationToken)
    {
        if (note.IsEmpty)
            return;
        // The index first: what it points to and is not there is nothing, but what it misses would never go.
        await tables.UpsertAsync(Tables.PrivacyIndex, new(Index, id.ToString(), new Dictionary<string, object>()), cancellationToken);
        await rows.InsertAsync(id.ToString(), Row, note, IntakeJson.Default.IntakeNote, cancellationToken);
    }

    /// <summary>Words that come later go below those that are there; told twice, they are there once.</summary>
    public async Task AddAsync(RequestId id, string words, CancellationToken cancellationToken)
    {
        await KeepAsync(id, new(words, null, null), cancellationToken);
        await rows.ChangeAsync(id.ToString(), Row, IntakeJson.Default.IntakeNote, note =>
            note.Message is null ? note with { Message = words } : note.Message.EndsWith(words, StringComparison.Ordinal) ? note : note with { Message = $"{note.Message}\n\n{words}" }, cancellationToken);
    }

    public async Task<IntakeNote?> FindAsync(RequestId id, CancellationToken cancellationToken) =>
        (await rows.GetAsync(id.ToString(), Row, IntakeJson.Default.IntakeNote, cancellationToken))?.Value;

    /// <summary>Forgets what came with requests that are over.</summary>
    public async Task ForgetClosedAsync(CancellationToken cancellationToken)
    {
        var closed = new List<RequestId>();
        await foreach (var row in tables.RowsAsync(Tables.PrivacyIndex, TableRange.In(Index), cancellationToken))
            if (RequestId.TryParse(row.Row) is { } id && await store.FindAsync(id, cancellationToken) is { } request && !request.State.IsOpen())
                closed.Add(id);
        foreach (var id in closed)
            await ForgetAsync(id, cancellationToken);
    }

    public async Task<int> EraseAsync(ErasedSubject subject, CancellationToken cancellationToken)
    {
        var erased = 0;
        foreach (var id in await store.WithAsync(subject.Keys.Select(key => new Alias(key.Kind, key.Text).Hash(keys)), cancellationToken))
            if (await FindAsync(id, cancellationToken) is not null)
            {
                await ForgetAsync(id, cancellationToken);
                erased++;
            }
        return erased;
    }

    private async Task ForgetAsync(RequestId id, CancellationToken cancellationToken)
    {
        await tables.DeleteAsync(Tables.Privacy, id.ToString(), Row, null, cancellationToken);
        await tables.DeleteAsync(Tables.PrivacyIndex, Index, id.ToString(), null, cancellationToken);
    }
}
