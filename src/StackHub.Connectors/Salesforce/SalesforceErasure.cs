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

    private async Task<ErasureOutcome> ConfirmAsync(string ticket, CancellationToken cancellationToken)
    {
        if (ticket.Split(':', 2) is not [{ Length: > 0 } id, { Length: > 0 } list])
            throw new ArgumentException("The ticket is not one of this connector's.", nameof(ticket));
        var ids = list.Split(',');
        var job = await bulk.FindAsync(id, cancellationToken).ConfigureAwait(false);
        if (job is { State: "Failed" or "Aborted" })
            return new ErasureOutcome.Refused($"bulk_{job.State.ToLowerInvariant()}", job.ErrorMessage ?? "The bulk job was not carried out.");
        if (job is { State: not "JobComplete" })
            return new ErasureOutcome.Accepted(ticket, Wait);
        var left = await ThereAsync(ids, cancellationToken).ConfigureAwait(false);
        if (left.Count == 0)
            return new ErasureOutcome.Confirmed(ErasureEvidence.Absence, ids.Length);
        return left.Any(row => !SalesforceRow.Is(row, "IsDeleted"))
            ? new ErasureOutcome.Refused("hard_delete_refused", $"{left.Count} of {ids.Length} records are still there: the user may lack the permission Bulk API Hard Delete, or a rule forbids it.")
            : new ErasureOutcome.Accepted(ticket, Day);
    }

    /// <summary>Those that queryAll shows, in the recycle bin or not.</summary>
    private Task<IReadOnlyList<JsonElement>> ThereAsync(IReadOnlyList<string> ids, CancellationToken cancellationToken) =>
        api.RunsAsync($"{type.Name}.erasure.read", ids, run => SalesforceQueries.Presence(type, run), cancellationToken);
}
