using System.Security.Cryptography;
using StackHub.Security;
using StackHub.Storage;

namespace StackHub.Privacy.Verification;

/// <summary>Sends codes and checks them. All that counts tries is compare-and-set, so many guesses at once are counted one by one.</summary>
public sealed class IdentityVerification(ITableStore tables, HubKeys keys, CodeDelivery delivery, TimeProvider time)
{
    private const string Table = Tables.PrivacyCodes;

    /// <summary>Makes a new code, which ends the one before, and sends it; false when too many were sent for this request.</summary>
    /// <param name="channel">"email", "phone" or <see cref="CodeMessage.ByHand"/>.</param>
    public async Task<bool> IssueAsync(string request, string channel, string address, CancellationToken cancellationToken)
    {
        // The note first: one without a message is taken away after a while, a message without a note would never go.
        await tables.UpsertAsync(Table, new(ChallengeRows.Pending, request, new Dictionary<string, object> { [ChallengeRows.NotedAt] = time.GetUtcNow() }), cancellationToken);
        while (true)
        {
            var before = await tables.GetAsync(Table, ChallengeRows.Partition(request), ChallengeRows.Row, cancellationToken);
            if (Next(request, before is null ? null : ChallengeRows.Read(request, before), time.GetUtcNow(), out var code, out var token) is not { } challenge)
                return false;
            var row = ChallengeRows.Write(challenge, ChallengeRows.Seal(keys, new(challenge.Id, request, channel, address, code, token, challenge.ExpiresAt)));
            var written = await tables.WriteAsync(Table, before is null ? new TableAction.Insert(row) : new TableAction.Replace(row, before.ETag!), cancellationToken);
            if (!written.Done)
                continue;
            await delivery.SendAsync(request, cancellationToken);
            return true;
        }
    }

    /// <summary>Somebody typed a code.</summary>
    public Task<Confirmation> ConfirmCodeAsync(string request, string code, bool isPost, CancellationToken cancellationToken) =>
        ConfirmAsync(request, challenge => new(isPost, IsTyped: true, BelongsToRequest: true, CodeText.Same(CodeText.HashCode(keys, challenge.Id, code), challenge.CodeHash)), cancellationToken);

    /// <summary>Somebody followed the link, or pressed its button.</summary>
    public Task<Confirmation> ConfirmLinkAsync(string request, string token, bool isPost, CancellationToken cancellationToken) =>
        ConfirmAsync(request, challenge => new(isPost, IsTyped: false, CodeText.BelongsTo(keys, request, token), CodeText.Same(CodeText.HashToken(keys, token), challenge.TokenHash)), cancellationToken);

    /// <summary>Forgets the request's code, used or not.</summary>
    public Task ForgetAsync(string request, CancellationToken cancellationToken) =>
        tables.DeleteAsync(Table, ChallengeRows.Partition(request), ChallengeRows.Row, null, cancellationToken);

    /// <summary>Where nothing was sent, the same comparisons are made with nobody's hashes, so that the time of an answer tells nothing.</summary>
    private async Task<Confirmation> ConfirmAsync(string request, Func<Challenge, Attempt> compare, CancellationToken cancellationToken)
    {
        while (true)
        {
            var now = time.GetUtcNow();
            var row = await tables.GetAsync(Table, ChallengeRows.Partition(request), ChallengeRows.Row, cancellationToken);
            var challenge = row is null ? null : ChallengeRows.Read(request, row);
            var attempt = compare(challenge ?? new(request, "none", keys.Hash("none", request), keys.Hash("none", request), now, now));
            var confirmation = Confirm.Decide(challenge, attempt, now);
            var after = confirmation switch
            {
                Confirmation.Confirmed confirmed => confirmed.After,
                Confirmation.Wrong wrong => wrong.After,
                _ => null,
            };
            if (after is null || (await tables.WriteAsync(Table, new TableAction.Replace(ChallengeRows.Write(after, ChallengeRows.SealedMessage(row!)), row!.ETag!), cancellationToken)).Done)
                return confirmation;
        }
    }

    /// <summary>Null when too many were sent already.</summary>
    private Challenge? Next(string request, Challenge? before, DateTimeOffset now, out string code, out string token)
    {
        (code, token) = (CodeText.NewCode(), CodeText.NewToken(keys, request));
        var fresh = before is null || now - before.WindowStart >= VerificationRules.Window;
        if (!fresh && before!.Sent >= VerificationRules.SentInWindow)
            return null;
        var id = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        return new(request, id, CodeText.HashCode(keys, id, code), CodeText.HashToken(keys, token), now, now + VerificationRules.Lifetime)
        {
            Sent = fresh ? 1 : before!.Sent + 1,
            WindowStart = fresh ? now : before!.WindowStart,
        };
    }
}
