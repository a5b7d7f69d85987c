using System.Security.Cryptography;
using StackHub.Configuration;
using StackHub.Privacy.Clocks;
using StackHub.Privacy.Notices;
using StackHub.Security;
using StackHub.Storage;

namespace StackHub.Privacy.OpenDsr;

/// <summary>What a controller is answered.</summary>
public abstract record OpenDsrAnswer
{
    private OpenDsrAnswer()
    {
    }

    public sealed record Created(CreatedAnswer Answer) : OpenDsrAnswer;

    public sealed record State(StatusAnswer Answer) : OpenDsrAnswer;

    public sealed record Cancelled(CancelledAnswer Answer) : OpenDsrAnswer;

    /// <summary>Nothing was done; the sentences repeat no value.</summary>
    public sealed record Refused(int Status, string Reason, IReadOnlyList<string> Sentences) : OpenDsrAnswer;
}

/// <summary>Requests of other companies' systems: filed like any other, under the controller's own number, and only ever shown to that controller.</summary>
public sealed class OpenDsrDesk(FileRequest file, RequestDesk desk, PrivacyStore store, PrivacyRows rows, ITableStore tables, OutboundHttp http, HubModel model, HubKeys keys, LawBook laws, TimeProvider time)
{
    /// <summary>Controllers hand over what they received before; nothing older is believed to be the day of receipt.</summary>
    private static readonly TimeSpan OldestSubmission = TimeSpan.FromDays(60);

    private static readonly TimeSpan UsualCompletion = TimeSpan.FromDays(30);

    public async Task<OpenDsrAnswer> CreateAsync(string controller, byte[] body, CancellationToken cancellationToken)
    {
        var reading = OpenDsrReader.Read(body, http.Options);
        if (reading.Request is not { } request)
            return new OpenDsrAnswer.Refused(400, "IllegalArgumentException", reading.Problems);
        var hash = Convert.ToHexStringLower(SHA256.HashData(body));
        if (await FindAsync(controller, request.SubjectRequestId, cancellationToken) is { } known)
            return known.BodyHash == hash ? Created(known, body) : Used;
        var command = new SubmitCommand([request.Kind], request.Subject, $"opendsr:{controller}", request.SubjectRequestId.ToString("N"))
        {
            Laws = [request.Regulation == "ccpa" ? "us-ca-ccpa/US-CA" : $"eu-gdpr/{model.Privacy.OpenDsr!.GdprPlace}"],
            ReceivedAt = ReceivedAt(request.SubmittedAt, time.GetUtcNow()),
            VerifiedBecause = "the controller verified the person before it sent this (OpenDSR)",
        };
        if (await file.HandleAsync(command, null, cancellationToken) is not SubmitAnswer.Taken { Requests: [var id, ..] })
            return new OpenDsrAnswer.Refused(400, "IllegalArgumentException", ["'subject_identities' holds an identity that is not of its type's form."]);
        return await KeepAsync(controller, request, id, hash, cancellationToken) is { } entry && entry.BodyHash == hash ? Created(entry, body) : Used;
    }

    public async Task<OpenDsrAnswer> StatusAsync(string controller, Guid subjectRequestId, CancellationToken cancellationToken) =>
        await FindAsync(controller, subjectRequestId, cancellationToken) is { } entry && await store.FindAsync(RequestId.Parse(entry.Request), cancellationToken) is { } request
            ? new OpenDsrAnswer.State(StatusOf(entry, OpenDsrStatus.Of(request.State)))
            : NotFound;

    public async Task<OpenDsrAnswer> CancelAsync(string controller, Guid subjectRequestId, CancellationToken cancellationToken)
    {
        if (await FindAsync(controller, subjectRequestId, cancellationToken) is not { } entry)
            return NotFound;
        // What was begun is not stopped half way: a controller may cancel what is pending.
        if (await store.FindAsync(RequestId.Parse(entry.Request), cancellationToken) is { } request && OpenDsrStatus.Of(request.State) is not (OpenDsrStatus.Pending or OpenDsrStatus.Cancelled))
            return new OpenDsrAnswer.Refused(400, "IllegalStateException", ["The request is not pending any more."]);
        return await desk.CancelAsync(RequestId.Parse(entry.Request), $"opendsr:{controller}", cancellationToken) is MoveAnswer.Moved
            ? new OpenDsrAnswer.Cancelled(new(controller, time.GetUtcNow(), entry.SubjectRequestId, model.Privacy.OpenDsr!.ApiVersion))
            : new OpenDsrAnswer.Refused(400, "IllegalStateException", ["The request is not pending any more."]);
    }

    public StatusAnswer StatusOf(OpenDsrEntry entry, string status) => new(entry.Controller, entry.ExpectedCompletionTime, entry.SubjectRequestId, status, model.Privacy.OpenDsr!.ApiVersion);

    /// <summary>The person's request is as old as the controller says, within reason.</summary>
    public static DateTimeOffset ReceivedAt(DateTimeOffset submitted, DateTimeOffset now) => submitted > now || now - submitted > OldestSubmission ? now : submitted;

    private static OpenDsrAnswer.Refused NotFound => new(404, "NotFound", ["There is no such request of this controller."]);

    private static OpenDsrAnswer.Refused Used => new(400, "IllegalArgumentException", ["'subject_request_id' was used for another request."]);

    private static OpenDsrAnswer.Created Created(OpenDsrEntry entry, byte[] body) =>
        new(new(entry.Controller, entry.ExpectedCompletionTime, entry.ReceivedTime, Convert.ToBase64String(body), entry.SubjectRequestId));

    private async Task<OpenDsrEntry?> FindAsync(string controller, Guid subjectRequestId, CancellationToken cancellationToken) =>
        (await rows.GetAsync(OpenDsrRows.Partition(keys, controller), subjectRequestId.ToString("N"), OpenDsrJson.Default.OpenDsrEntry, cancellationToken))?.Value;

    /// <summary>The open mark first: one without an entry is taken away by whoever looks, an entry without a mark would never be told of.</summary>
    private async Task<OpenDsrEntry?> KeepAsync(string controller, OpenDsrRequest request, RequestId id, string hash, CancellationToken cancellationToken)
    {
        var filed = await store.FindAsync(id, cancellationToken);
        var now = time.GetUtcNow();
        var entry = new OpenDsrEntry(controller, request.SubjectRequestId.ToString("D"), id.ToString(), now, filed?.SafeDue(laws) ?? now + UsualCompletion, hash) { Callbacks = request.Callbacks };
        var (partition, row) = (OpenDsrRows.Partition(keys, controller), request.SubjectRequestId.ToString("N"));
        if (request.Callbacks.Count > 0)
            await tables.UpsertAsync(Tables.PrivacyIndex, OpenDsrRows.Open(partition, row), cancellationToken);
        return await rows.InsertAsync(partition, row, entry, OpenDsrJson.Default.OpenDsrEntry, cancellationToken) ? entry : await FindAsync(controller, request.SubjectRequestId, cancellationToken);
    }
}
