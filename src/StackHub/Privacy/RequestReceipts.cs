using StackHub.Configuration;
using StackHub.Identity;
using StackHub.Privacy.Clocks;
using StackHub.Privacy.Evidence;
using StackHub.Privacy.Receipts;
using StackHub.Privacy.Tasks;

namespace StackHub.Privacy;

/// <summary>Signed receipts of requests: what was done where, up to where the evidence is, and nothing by which anybody could be found.</summary>
public sealed class RequestReceipts(PrivacyStore store, EvidenceLedger ledger, RequestSecrets secrets, ReceiptSigner signer, HubModel model, LawBook laws, TimeProvider time)
{
    /// <summary>What a receipt commits to of a person, while the hub still knows them.</summary>
    public async Task<IReadOnlyList<ReceiptCommitment>> CommitAsync(RequestId id, IEnumerable<Alias> aliases, CancellationToken cancellationToken)
    {
        var secret = await secrets.GetOrMakeAsync(id.ToString(), cancellationToken);
        return [.. aliases.Where(alias => alias.Kind is IdentityKey.Email or IdentityKey.Phone).Select(alias => new ReceiptCommitment(alias.Kind, secret.Of(alias.Kind, alias.Text)))];
    }

    /// <summary>The receipt of how far it is now; kept with the evidence. Null when there is no such request.</summary>
    public async Task<string?> IssueAsync(RequestId id, CancellationToken cancellationToken)
    {
        if (await store.FindAsync(id, cancellationToken) is not { } request)
            return null;
        var verdict = await ledger.CheckAsync(id.ToString(), null, cancellationToken);
        if (!verdict.Intact)
            throw new EvidenceTamperedException(id.ToString(), verdict.Faults[0]);
        if (verdict.Head is not { } head)
            return null;
        var tasks = await store.TasksAsync(id, cancellationToken);
        var receipt = await signer.SignAsync(ContentOf(request, tasks, head.Anchor), cancellationToken);
        await ledger.SaveReceiptAsync(id.ToString(), receipt, cancellationToken);
        return receipt;
    }

    public Task<string?> FindAsync(RequestId id, CancellationToken cancellationToken) => ledger.ReceiptAsync(id.ToString(), cancellationToken);

    /// <summary>From now on only the person can show that the receipt is about them.</summary>
    public Task ForgetSecretAsync(RequestId id, CancellationToken cancellationToken) => secrets.DestroyAsync(id.ToString(), cancellationToken);

    /// <summary>Once when it comes to be complete; again after that only if a crash came in between.</summary>
    internal async Task CompleteAsync(RequestId id, bool wasComplete, CancellationToken cancellationToken)
    {
        if (!wasComplete || await FindAsync(id, cancellationToken) is null)
            await IssueAsync(id, cancellationToken);
    }

    private ReceiptContent ContentOf(PrivacyRequest request, IReadOnlyList<PrivacyTask> tasks, LedgerAnchor anchor)
    {
        var now = time.GetUtcNow();
        return new(model.PublicBase?.Host ?? "stackhub", request.Id.ToString(), PrivacyRequestKinds.Of(request.Kind), request.State.ToString().ToLowerInvariant(), request.ReceivedAt, now, anchor)
        {
            Subject = [.. request.Commitments],
            Systems = [.. tasks.SelectMany(task => SystemsOf(task, now))],
            Laws = [.. request.Due(laws).Select(due => new ReceiptLaw(due.Row.Under.Law, due.Row.Complete.LawVersion, due.Row.Complete.Safe, due.Row.Complete.Legal, due.Row.Complete.Calendar, due.Row.Complete.CalendarVersion))],
            Notes = request.State.IsRunning() ? [RequestProgress.Words(tasks)] : [],
        };
    }

    private static IEnumerable<ReceiptSystem> SystemsOf(PrivacyTask task, DateTimeOffset now)
    {
        var at = task.Evidence?.At ?? task.Items.Select(item => item.SealedAt ?? item.AbsentAt ?? item.ConfirmedAt ?? item.AcceptedAt ?? item.RequestedAt ?? now).DefaultIfEmpty(now).Max();
        yield return new(task.System.Name, LevelOf(task), at, task.Status is PrivacyTaskStatus.Done or PrivacyTaskStatus.Active ? null : task.Reason);
        foreach (var kept in task.Items.Select(item => item.Kept).OfType<Holds.Exemption>())
            yield return new(task.System.Name, "kept", at, kept.Ground, DateOnly.FromDateTime(kept.Until.UtcDateTime));
    }

    private static string LevelOf(PrivacyTask task) => task switch
    {
        { Evidence: not null } => "shown-by-hand",
        { Action: Planning.TaskAction.Redact, Status: PrivacyTaskStatus.Done } => "redacted",
        { Status: PrivacyTaskStatus.Active or PrivacyTaskStatus.Done } => task.Level.ToString().ToLowerInvariant(),
        _ => task.Status.ToString().ToLowerInvariant(),
    };
}
