using System.Text.Json;
using System.Text.Json.Serialization;
using StackHub.Configuration;
using StackHub.Flows;
using StackHub.Privacy.Planning;
using StackHub.Privacy.Tasks;
using StackHub.Security;
using StackHub.Storage;

namespace StackHub.Privacy.Packages;

/// <summary>The package that was made for a request, the link to it, and the address its codes go to: the request itself forgets whom it was about.</summary>
/// <param name="Subject">Whose it is, as an id.</param>
/// <param name="Records">How many records are in it.</param>
public sealed record MadePackage(string Id, string Link, string Subject, string? Address, DateTimeOffset MadeAt, DateTimeOffset ExpiresAt, long Bytes, string Sha256, int Records)
{
    public override string ToString() => $"package {Id}";
}

public abstract record PackageAnswer
{
    private PackageAnswer()
    {
    }

    public sealed record Made(MadePackage Package) : PackageAnswer;

    public sealed record Refused(string Code, string Message) : PackageAnswer;
}

/// <summary>
/// Makes the copy that somebody asked for from every system: the request's own task does, and officers do again while the request still
/// knows whom it is about; that is a new copy with a link of its own. What is kept of it goes when its time is over.
/// </summary>
public sealed class MakePackage(PrivacyStore store, ITableStore tables, SubjectGathering gathering, PackageStore packages, TaskSignals signals, PrivacyTrail trail, HubModel model, HubKeys keys, TimeProvider time)
{
    private const string Partition = "made";

    public async Task<PackageAnswer> MakeAsync(RequestId id, string by, CancellationToken cancellationToken)
    {
        if (await store.FindAsync(id, cancellationToken) is not { } request)
            return new PackageAnswer.Refused("unknown", "There is no such request.");
        if (!KindRules.Copies(request.Kind))
            return new PackageAnswer.Refused("no-copy", "Only a request for access or portability is answered with a copy.");
        if (!request.State.IsRunning() || request.Plan is null)
            return new PackageAnswer.Refused("not-approved", "A copy is made once the request's plan was approved.");
        if (request.Subject.IsEmpty)
            return await FindAsync(id, cancellationToken) is { } made ? new PackageAnswer.Made(made) : new PackageAnswer.Refused("answered", "The request was answered, and it is forgotten whom it was about.");
        if (await BuildAsync(request, cancellationToken) is not { } built)
            return new PackageAnswer.Refused("erased", "The person was erased: there is nothing left to copy.");
        await trail.NoteAsync(id, "copy made", $"{built.Id} by {by}", $"copy-{built.Id}", cancellationToken);
        await signals.WakeAsync(id, PrivacyTask.IdOf(TaskAction.Package, HubAuthor.System), TimeSpan.Zero, cancellationToken);
        return new PackageAnswer.Made(built);
    }

    /// <summary>Read from every system and packed anew; null when the person's key was destroyed.</summary>
    public async Task<MadePackage?> BuildAsync(PrivacyRequest request, CancellationToken cancellationToken)
    {
        var data = await gathering.GatherAsync(request, cancellationToken);
        var subject = await SubjectOfAsync(request, cancellationToken);
        if (await packages.BuildAsync(data, subject, cancellationToken) is not var (package, link))
            return null;
        var made = new MadePackage(package.Id, link, subject, request.Subject.Emails is [var address, ..] ? address : null, package.CreatedAt, package.ExpiresAt, package.Bytes, package.Sha256, data.Records.Length);
        // Kept before the request is answered, since it forgets whom it was about then. A package that a crash left untold expires by itself.
        await tables.UpsertAsync(Tables.Packages, new(Partition, request.Id.ToString(), new Dictionary<string, object>
        {
            ["ExpiresAt"] = made.ExpiresAt,
            ["Made"] = keys.Seal(JsonSerializer.SerializeToUtf8Bytes(made, MadePackageJson.Default.MadePackage)),
        }), cancellationToken);
        return made;
    }

    /// <summary>The one that was made last; null before, and when its time is over.</summary>
    public async Task<MadePackage?> FindAsync(RequestId id, CancellationToken cancellationToken) =>
        await tables.GetAsync(Tables.Packages, Partition, id.ToString(), cancellationToken) is { } row && row.Value<DateTimeOffset>("ExpiresAt") > time.GetUtcNow()
            ? JsonSerializer.Deserialize(keys.Open(row.Bytes("Made")!), MadePackageJson.Default.MadePackage)
            : null;

    /// <summary>Whose packages a request opens: the same for all requests that name a person alike.</summary>
    public async Task<string> SubjectOfAsync(PrivacyRequest request, CancellationToken cancellationToken) =>
        request.Subject.Aliases(model.PhoneRegion).FirstOrDefault() is { } alias ? SubjectOf(alias.Text) : (await FindAsync(request.Id, cancellationToken))?.Subject ?? SubjectOf(request.Id.ToString());

    public string SubjectOf(string alias) => keys.Hash("privacy-subject", alias);

    public Task ForgetAsync(RequestId id, CancellationToken cancellationToken) => tables.DeleteAsync(Tables.Packages, Partition, id.ToString(), null, cancellationToken);

    public async Task ForgetExpiredAsync(CancellationToken cancellationToken)
    {
        var old = new List<string>();
        await foreach (var row in tables.RowsAsync(Tables.Packages, TableRange.In(Partition), cancellationToken))
            if (row.Value<DateTimeOffset>("ExpiresAt") <= time.GetUtcNow())
                old.Add(row.Row);
        foreach (var row in old)
            await tables.DeleteAsync(Tables.Packages, Partition, row, null, cancellationToken);
    }
}

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(MadePackage))]
internal sealed partial class MadePackageJson : JsonSerializerContext;
