using StackHub.Connecting;
using StackHub.Connectors.Erasing;

namespace StackHub.Connectors.Zendesk;

/// <summary>
/// Erases users in Zendesk's two steps: a deletion, which can be taken back for thirty days, and one for good. It is done when every product
/// that began says that it is complete.
/// </summary>
internal sealed class ZendeskErasure(ZendeskApi api, ZendeskWriter writer)
{
    public static readonly PrivacyAbility Ability = new()
    {
        Erasure = ErasureKind.Delete,
        IsAsync = true,
        ConfirmedBy = ErasureEvidence.Status,
        GoneWithin = TimeSpan.FromDays(30),
        Source = "Each product says for itself when it is complete (https://developer.zendesk.com/api-reference/ticketing/users/users/); a deletion becomes permanent after 30 days even where nobody asks.",
        Stays = "tickets and comments, under the name Permanently Deleted User",
        Access = true,
        NotCovered = "tickets and comments",
        Rectification = true,
        Consent = true,
    };

    /// <summary>What destroy_many takes.</summary>
    public const int Most = 100;

    private static readonly TimeSpan Wait = TimeSpan.FromMinutes(5);

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

    /// <summary>Pure: every product that began has to end; that none began yet is no end.</summary>
    public static bool IsDone(IReadOnlyList<ZendeskErasureStep> steps)
    {
        var products = steps.Where(step => step.Application is not (null or "all")).ToLookup(step => step.Application, step => step.Action);
        return products.Count > 0 && products.All(product => product.Contains("complete"));
    }

    /// <inheritdoc cref="IBatchErasure.EraseAllAsync"/>
    public async Task<IReadOnlyList<ErasureOutcome>> EraseAllAsync(IReadOnlyList<ErasureRequest> requests, CancellationToken cancellationToken)
    {
        try
        {
            return requests[0].Ticket is null
                ? await AskAllAsync([.. requests.Select(request => request.Id!)], cancellationToken).ConfigureAwait(false)
                : [.. (await ErasureByAbsence.OneByOneAsync([.. requests.Select(request => request.Ticket!)], Wait, async ticket => await ConfirmAsync(ticket, cancellationToken).ConfigureAwait(false)).ConfigureAwait(false)).Select(outcome => outcome!)];
        }
        catch (VendorUnavailableException e) when (e.Uncertain)
        {
            return [.. requests.Select(_ => new ErasureOutcome.Requested(e.Reason, e.RetryAfter ?? Wait))];
        }
    }

    private async Task<ErasureOutcome> AskAsync(ErasureRequest request, CancellationToken cancellationToken)
    {
        List<string> asked = request.Id is { } id ? [id] : [];
        if (request.Email is { Length: > 0 } email)
            asked.AddRange((await api.FindByEmailAsync(email, cancellationToken).ConfigureAwait(false)).Users?.Select(user => new ZendeskItem(user).Id).OfType<string>() ?? []);
        var outcomes = asked.Count == 0 ? [] : await AskAllAsync([.. asked.Distinct(StringComparer.Ordinal)], cancellationToken).ConfigureAwait(false);
        string[] open = [.. outcomes.OfType<ErasureOutcome.Accepted>().Select(accepted => accepted.Ticket)];
        return outcomes.FirstOrDefault(outcome => outcome is ErasureOutcome.Refused or ErasureOutcome.Requested)
            ?? (open.Length == 0 ? new ErasureOutcome.NotFound() : new ErasureOutcome.Accepted(string.Join(',', open), Wait));
    }

    /// <summary>The first step for all at once, the second one by one, since Zendesk takes it so; either may have been done before.</summary>
    private async Task<IReadOnlyList<ErasureOutcome>> AskAllAsync(IReadOnlyList<string> users, CancellationToken cancellationToken)
    {
        var deleted = ErasureByAbsence.NotTaken(await writer.DeleteAsync(ZendeskType.Users, users, cancellationToken).ConfigureAwait(false), Wait);
        string[] taken = [.. users.Zip(deleted).Where(one => one.Second is null).Select(one => one.First).Distinct(StringComparer.Ordinal)];
        var outcomes = taken.Zip(await ErasureByAbsence.OneByOneAsync(taken, Wait, async user => await ForGoodAsync(user, cancellationToken).ConfigureAwait(false)).ConfigureAwait(false)).ToDictionary(StringComparer.Ordinal);
        return [.. users.Zip(deleted, (user, outcome) => outcome ?? outcomes[user]!)];
    }

    /// <summary>Those whose erasure was over before are nobody any more.</summary>
    private async Task<ErasureOutcome> ForGoodAsync(string user, CancellationToken cancellationToken)
    {
        await api.DeleteForGoodAsync(user, cancellationToken).ConfigureAwait(false);
        var steps = await api.ErasureStepsAsync(user, cancellationToken).ConfigureAwait(false);
        return steps.Count == 0 || IsDone(steps) ? new ErasureOutcome.NotFound() : new ErasureOutcome.Accepted(user, Wait);
    }

    private async Task<ErasureOutcome> ConfirmAsync(string ticket, CancellationToken cancellationToken)
    {
        var users = ticket.Split(',', StringSplitOptions.RemoveEmptyEntries);
        if (users.Length == 0)
            throw new ArgumentException("The ticket is not one of this connector's.", nameof(ticket));
        foreach (var user in users)
            if (!await IsDoneAsync(user, cancellationToken).ConfigureAwait(false))
                return new ErasureOutcome.Accepted(ticket, Wait);
        return new ErasureOutcome.Confirmed(ErasureEvidence.Status, users.Length);
    }

    private async Task<bool> IsDoneAsync(string user, CancellationToken cancellationToken) => IsDone(await api.ErasureStepsAsync(user, cancellationToken).ConfigureAwait(false));
}
