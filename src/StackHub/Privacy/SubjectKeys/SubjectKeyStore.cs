using System.Globalization;
using System.Security.Cryptography;
using StackHub.Privacy.Evidence;
using StackHub.Security;
using StackHub.Storage;

namespace StackHub.Privacy.SubjectKeys;

/// <summary>
/// A key a person, sealed under the hub's own: what the hub keeps of somebody is sealed with theirs, so that destroying one row makes all of
/// it unreadable, in every copy and backup of the rest.
/// </summary>
public sealed class SubjectKeyStore(ITableStore tables, HubKeys keys, EvidenceLedger ledger, TimeProvider time)
{
    private const string Table = Tables.PrivacyKeys;
    private const string Row = "key";
    private const string Sealed = "Sealed";
    private const string DestroyedAt = "DestroyedAt";

    /// <summary>The person's key, the same whoever asks first; null once it was destroyed.</summary>
    /// <param name="subject">An id, never an address.</param>
    public async Task<SubjectKey?> GetOrMakeAsync(string subject, CancellationToken cancellationToken)
    {
        if (await tables.GetAsync(Table, Partition(subject), Row, cancellationToken) is { } there)
            return Read(there);
        var made = RandomNumberGenerator.GetBytes(SubjectKey.Size);
        var written = await tables.InsertAsync(Table, new(Partition(subject), Row, new Dictionary<string, object> { [Sealed] = keys.Seal(made) }), cancellationToken);
        return written.Done ? new(made) : await FindAsync(subject, cancellationToken);
    }

    /// <summary>Null when there never was one, or it was destroyed.</summary>
    public async Task<SubjectKey?> FindAsync(string subject, CancellationToken cancellationToken) =>
        await tables.GetAsync(Table, Partition(subject), Row, cancellationToken) is { } row ? Read(row) : null;

    /// <summary>Destroys the key for good and notes it in the request's evidence; again is the same.</summary>
    public async Task<EvidenceEntry> DestroyAsync(string subject, string request, CancellationToken cancellationToken)
    {
        var destroyed = (await tables.GetAsync(Table, Partition(subject), Row, cancellationToken))?.Value<DateTimeOffset>(DestroyedAt) ?? time.GetUtcNow();
        await tables.UpsertAsync(Table, new(Partition(subject), Row, new Dictionary<string, object> { [DestroyedAt] = destroyed }), cancellationToken);
        var note = new EvidenceNote("subject-key-destroyed", EvidenceKinds.KeyDestroyed, "hub").With("subject", subject).With("at", destroyed.UtcDateTime.ToString("O", CultureInfo.InvariantCulture));
        return await ledger.AppendAsync(request, note, cancellationToken);
    }

    private static string Partition(string subject) => $"subject|{subject}";

    private SubjectKey? Read(TableRow row) => row.Bytes(Sealed) is { } bytes ? new(keys.Open(bytes)) : null;
}
