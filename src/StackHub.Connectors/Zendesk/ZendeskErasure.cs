using StackHub.Connecting;

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

    private async Task<ErasureOutcome> AskAsync(ErasureRequest request, CancellationToken cancellationToken)
    {
        List<string> asked = request.Id is { } id ? [id] : [];
        if (request.Email is { Length: > 0 } email)
            asked.AddRange((await api.FindByEmailAsync(email, cancellationToken).ConfigureAwait(false)).Users?.Select(user => new ZendeskItem(user).Id).OfType<string>() ?? []);
        var erased = new List<string>();
        foreach (var user in asked.Distinct(StringComparer.Ordinal))
        {
            if (await EraseAsync(user, cancellationToken).ConfigureAwait(false) is { } refused)
                return refused;
            if ((await api.ErasureStepsAsync(user, cancellationToken).ConfigureAwait(false)).Count > 0)
                erased.Add(user);
        }

        // Those whose erasure was over before are nobody any more.
        var open = new List<string>();
        foreach (var user in erased)
            if (!await IsDoneAsync(user, cancellationToken).ConfigureAwait(false))
                open.Add(user);
        return open.Count == 0 ? new ErasureOutcome.NotFound() : new ErasureOutcome.Accepted(string.Join(',', open), Wait);
    }

    /// <summary>Both steps, of which either may have been done before; null unless Zendesk refuses.</summary>
    private async Task<ErasureOutcome?> EraseAsync(string user, CancellationToken cancellationToken)
    {
        var outcome = (await writer.DeleteAsync(ZendeskType.Users, [user], cancellationToken).ConfigureAwait(false))[0];
        switch (outcome)
        {
            case WriteOutcome.Refused refused:
                return new ErasureOutcome.Refused(refused.Code, refused.Message);
            case WriteOutcome.Retry retry:
                return new ErasureOutcome.Requested(retry.Code, retry.After ?? Wait);
        }

        await api.DeleteForGoodAsync(user, cancellationToken).ConfigureAwait(false);
        return null;
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
