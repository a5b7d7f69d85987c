using System.Text;
using Microsoft.Extensions.Logging;
using StackHub.Configuration;
using StackHub.Routing.Ledger;
using StackHub.Security;
using StackHub.Webhooks.Outgoing;

namespace StackHub.Routing.Signals;

/// <summary>Keeps and delivers signals, at least once and under the same id each time; one that fails is tried again later and later, for three days.</summary>
public sealed class SignalSender(SignalOutbox outbox, SignalBodies bodies, INoticeChannel channel, SecretResolver secrets, HubModel model, TimeProvider time, ILogger<SignalSender> logger)
{
    private const string Setting = "secret";
    private static readonly TimeSpan First = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Longest = TimeSpan.FromHours(6);
    private static readonly TimeSpan GiveUpAfter = TimeSpan.FromDays(3);

    /// <summary>A lead has an owner: what they need to know goes to whoever is told, as often as it is decided but once.</summary>
    public Task RoutedAsync(LedgerEntry entry, CancellationToken cancellationToken) => model.Routing?.Signals is null
        ? Task.CompletedTask
        : outbox.AddAsync(new($"routed-{entry.Lead}-{entry.Attempt}", RoutingSignal.Routed, entry.Trace.At) { Lead = entry.Lead, Attempt = entry.Attempt }, cancellationToken);

    public async Task SendDueAsync(CancellationToken cancellationToken)
    {
        if (model.Routing is not { Signals: { } target } plan || await outbox.DueAsync(cancellationToken) is not { Count: > 0 } due)
            return;
        var resolved = await secrets.ResolveAsync(new Dictionary<string, string> { [Setting] = target.Secret }, cancellationToken);
        var secret = (resolved as SecretResolution.Resolved)?.Settings[Setting];
        foreach (var waiting in due)
            await SettleAsync(waiting, secret is null ? "its secret cannot be read" : await SendAsync(waiting.Signal, target, plan, Key(secret), cancellationToken), cancellationToken);
        await outbox.ForgetAsync(cancellationToken);
    }

    /// <summary>When one that was not taken is tried again; null for never.</summary>
    /// <param name="tries">Failures so far, this one included.</param>
    public static DateTimeOffset? Next(int tries, DateTimeOffset since, DateTimeOffset now) =>
        now - since >= GiveUpAfter ? null : now + TimeSpan.FromTicks(Math.Min(Longest.Ticks, First.Ticks << Math.Min(tries - 1, 20)));

    /// <summary>Null when it was taken, or is not to be told any more.</summary>
    private async Task<string?> SendAsync(RoutingSignal signal, SignalTarget target, RoutingPlan plan, byte[] key, CancellationToken cancellationToken) =>
        await bodies.OfAsync(signal, plan, cancellationToken) is { } body
            ? await channel.PostAsync(target.Url, StandardWebhook.Headers(signal.Id, Encoding.UTF8.GetBytes(body), key, time.GetUtcNow()), body, cancellationToken)
            : null;

    private async Task SettleAsync(WaitingSignal waiting, string? refusal, CancellationToken cancellationToken)
    {
        if (refusal is null)
            await outbox.DoneAsync(waiting, cancellationToken);
        else if (Next(waiting.Tries + 1, waiting.Since, time.GetUtcNow()) is { } next)
        {
            logger.SignalNotTaken(waiting.Signal.Id, refusal, next);
            await outbox.LaterAsync(waiting, next, cancellationToken);
        }
        else
        {
            logger.SignalGivenUp(waiting.Signal.Id);
            await outbox.DoneAsync(waiting, cancellationToken);
        }
    }

    /// <summary>A secret that is not written as Standard Webhooks write theirs is taken as text.</summary>
    private static byte[] Key(string secret) => StandardWebhook.Secret(secret) ?? Encoding.UTF8.GetBytes(secret);
}
