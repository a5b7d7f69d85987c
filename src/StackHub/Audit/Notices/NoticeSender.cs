using System.Text;
using Microsoft.Extensions.Logging;
using StackHub.Configuration;
using StackHub.Security;
using StackHub.Webhooks.Outgoing;

namespace StackHub.Audit.Notices;

/// <summary>Delivers notices at least once, under the same id each time; one that fails is tried again later and later.</summary>
public sealed class NoticeSender(NoticeStore store, INoticeChannel channel, SecretResolver secrets, AuditPlan plan, TimeProvider time, ILogger<NoticeSender> logger)
{
    private const int MostAttempts = 12;
    private const string Setting = "secret";
    private static readonly TimeSpan First = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Longest = TimeSpan.FromHours(24);

    public async Task SendAsync(CancellationToken cancellationToken)
    {
        if (plan.Notify is not { } notify || await store.DueAsync(time.GetUtcNow(), cancellationToken) is not { Count: > 0 } due)
            return;
        var resolved = await secrets.ResolveAsync(new Dictionary<string, string> { [Setting] = notify.Secret }, cancellationToken);
        var secret = (resolved as SecretResolution.Resolved)?.Settings[Setting];
        foreach (var notice in due)
            await SettleAsync(notice, secret is null ? "its secret cannot be read" : await channel.PostAsync(notify.Address, StandardWebhook.Headers(notice.Id, Encoding.UTF8.GetBytes(notice.Body), Key(secret), time.GetUtcNow()), notice.Body, cancellationToken), cancellationToken);
    }

    /// <summary>A secret that is not written as Standard Webhooks write theirs is taken as text.</summary>
    public static byte[] Key(string secret) => StandardWebhook.Secret(secret) ?? Encoding.UTF8.GetBytes(secret);

    private async Task SettleAsync(Notice notice, string? refusal, CancellationToken cancellationToken)
    {
        var tried = notice with { Attempts = notice.Attempts + 1 };
        if (refusal is not null)
            logger.NotDelivered(notice.Id, refusal, tried.Attempts);
        if (refusal is null || tried.Attempts >= MostAttempts)
            await store.DoneAsync(tried, cancellationToken);
        else
            await store.LaterAsync(tried with { NextAt = time.GetUtcNow() + Pause(tried.Attempts) }, cancellationToken);
    }

    private static TimeSpan Pause(int attempts) => TimeSpan.FromTicks(Math.Min(Longest.Ticks, First.Ticks << (attempts - 1)));
}
