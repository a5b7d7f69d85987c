using System.Text.Json;
using StackHub.Connecting;

namespace StackHub.Connectors.Salesforce;

/// <summary>
/// Erases contacts and leads past the recycle bin, from which they could be restored for fifteen days, by a bulk job (it needs the
/// permission Bulk API Hard Delete). They are gone when queryAll shows them no more, up to a day later. Tasks, e-mail messages, field
/// history and files that name the person are records of their own and stay.
/// </summary>
internal sealed class SalesforceErasure(SalesforceApi api, SalesforceObject type)
{
    public static readonly PrivacyAbility Ability = new()
    {
        Erasure = ErasureKind.Delete,
        IsAsync = true,
        ConfirmedBy = ErasureEvidence.Absence,
        GoneWithin = TimeSpan.FromDays(1),
        Source = "What is past the recycle bin shows in queryAll for about a day more (https://developer.salesforce.com/docs/atlas.en-us.api.meta/api/sforce_api_calls_emptyrecyclebin.htm).",
        TakesAlong = "its roles in opportunities and other records that depend on it",
        Stays = "tasks, e-mail messages, field history, files and the Individual, which are records of their own",
        Access = true,
        NotCovered = "tasks, e-mail messages, field history and files",
        Rectification = true,
        Consent = true,
    };

    /// <summary>What Salesforce takes of ids where it empties the bin; a job takes more.</summary>
    public const int Most = 200;

    private static readonly TimeSpan Wait = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);
    private readonly SalesforceBulk bulk = new(api);

    public async Task<ErasureOutcome> EraseAsync(ErasureRequest request, CancellationToken cancellationToken)
    {
        try
        {
            return request.Ticket is { } ticket ? await ConfirmAsync(ticket, cancellationToken).ConfigureAwait(false) : await AskAsync(request, cancellationToken).ConfigureAwait(false);
        }
        catch (VendorUnavailableException e) when (e.Uncertain)
        {
            return new ErasureOutcome.Requested(e.Reason, e.RetryAfter ?? Wait);
        }
    }

    /// <inheritdoc cref="IBatchErasure.EraseAllAsync"/>
    public async Task<IReadOnlyList<ErasureOutcome>> EraseAllAsync(IReadOnlyList<ErasureRequest> requests, CancellationToken cancellationToken)
    {
        try
        {
            return requests[0].Ticket is null ? await AskAllAsync(requests, cancellationToken).ConfigureAwait(false) : await ConfirmAllAsync([.. requests.Select(request => request.Ticket!)], cancellationToken).ConfigureAwait(false);
        }
        catch (VendorUnavailableException e) when (e.Uncertain)
        {
            return [.. requests.Select(_ => new ErasureOutcome.Requested(e.Reason, e.RetryAfter ?? Wait))];
        }
    }

    private async Task<ErasureOutcome> AskAsync(ErasureRequest request, CancellationToken cancellationToken)
    {
        var rows = new List<JsonElement>();
        if (request.Id is { } id)
            rows.AddRange(await ThereAsync([id], cancellationToken).ConfigureAwait(false));
        if (request.Email is { Length: > 0 } email)
            rows.AddRange(await api.RunsAsync($"{type.Name}.erasure.find", [email], run => SalesforceQueries.ByEmail(type, run), cancellationToken).ConfigureAwait(false));
        string[] ids = [.. rows.Select(SalesforceRow.Id).Distinct(StringComparer.Ordinal)];
        if (ids.Length == 0)
            return new ErasureOutcome.NotFound();
        var (job, refusal) = await bulk.HardDeleteAsync(type.Name, ids, cancellationToken).ConfigureAwait(false);
        return refusal is null ? new ErasureOutcome.Accepted($"{job!.Id}:{string.Join(',', ids)}", Wait) : new ErasureOutcome.Refused(refusal.Code, refusal.Message ?? "");
    }

    private async Task<IReadOnlyList<ErasureOutcome>> AskAllAsync(IReadOnlyList<ErasureRequest> requests, CancellationToken cancellationToken)
    {
        var rows = await ThereAsync([.. requests.Select(request => request.Id!).Distinct(StringComparer.Ordinal)], cancellationToken).ConfigureAwait(false);
        var there = rows.Select(SalesforceRow.Id).ToHashSet(StringComparer.Ordinal);
        if (there.Count == 0)
            return [.. requests.Select(_ => new ErasureOutcome.NotFound())];
        var (job, refusal) = await bulk.HardDeleteAsync(type.Name, [.. there], cancellationToken).ConfigureAwait(false);
        return [.. requests.Select(request => !there.Contains(request.Id!) ? new ErasureOutcome.NotFound()
            : refusal is null ? new ErasureOutcome.Accepted($"{job!.Id}:{request.Id}", Wait) : (ErasureOutcome)new ErasureOutcome.Refused(refusal.Code, refusal.Message ?? ""))];
    }

    private async Task<ErasureOutcome> ConfirmAsync(string ticket, CancellationToken cancellationToken) => (await ConfirmAllAsync([ticket], cancellationToken).ConfigureAwait(false))[0];

    /// <summary>Each job is asked after once, and what the finished ones were to delete is looked for at once.</summary>
    private async Task<IReadOnlyList<ErasureOutcome>> ConfirmAllAsync(IReadOnlyList<string> tickets, CancellationToken cancellationToken)
    {
        (string Ticket, string Job, string[] Ids)[] asked = [.. tickets.Select(ticket => ticket.Split(':', 2) is [{ Length: > 0 } id, { Length: > 0 } list]
            ? (ticket, id, list.Split(','))
            : throw new ArgumentException("The ticket is not one of this connector's.", nameof(tickets)))];
        var jobs = new Dictionary<string, BulkJob?>(StringComparer.Ordinal);
        foreach (var id in asked.Select(one => one.Job).Distinct(StringComparer.Ordinal))
            jobs[id] = await bulk.FindAsync(id, cancellationToken).ConfigureAwait(false);
        string[] finished = [.. asked.Where(one => IsFinished(jobs[one.Job])).SelectMany(one => one.Ids).Distinct(StringComparer.Ordinal)];
        var left = finished.Length == 0 ? [] : (await ThereAsync(finished, cancellationToken).ConfigureAwait(false)).DistinctBy(SalesforceRow.Id).ToDictionary(SalesforceRow.Id, StringComparer.Ordinal);
        return [.. asked.Select(one => Confirm(one.Ticket, jobs[one.Job], one.Ids, [.. one.Ids.Where(left.ContainsKey).Select(id => left[id])]))];
    }

    /// <summary>One that is not known any more has ended a week ago.</summary>
    private static bool IsFinished(BulkJob? job) => job is null or { State: "JobComplete" };

    private static ErasureOutcome Confirm(string ticket, BulkJob? job, IReadOnlyList<string> ids, IReadOnlyList<JsonElement> left)
    {
        if (job is { State: "Failed" or "Aborted" })
            return new ErasureOutcome.Refused($"bulk_{job.State.ToLowerInvariant()}", job.ErrorMessage ?? "The bulk job was not carried out.");
        if (!IsFinished(job))
            return new ErasureOutcome.Accepted(ticket, Wait);
        if (left.Count == 0)
            return new ErasureOutcome.Confirmed(ErasureEvidence.Absence, ids.Count);
        return left.Any(row => !SalesforceRow.Is(row, "IsDeleted"))
            ? new ErasureOutcome.Refused("hard_delete_refused", $"{left.Count} of {ids.Count} records are still there: the user may lack the permission Bulk API Hard Delete, or a rule forbids it.")
            : new ErasureOutcome.Accepted(ticket, Day);
    }

    /// <summary>Those that queryAll shows, in the recycle bin or not.</summary>
    private Task<IReadOnlyList<JsonElement>> ThereAsync(IReadOnlyList<string> ids, CancellationToken cancellationToken) =>
        api.RunsAsync($"{type.Name}.erasure.read", ids, run => SalesforceQueries.Presence(type, run), cancellationToken);
}
