using System.Text;
using Microsoft.Extensions.Logging;
using StackHub.Configuration;
using StackHub.Privacy.OpenDsr;
using StackHub.Privacy.Tasks;
using StackHub.Security;

namespace StackHub.Privacy.Notices;

/// <summary>Sends what waits, each on its own: a receiver that is down stops nobody else.</summary>
public sealed class NoticeSender(NoticeOutbox outbox, NotifySecret secret, OpenDsrSigner signer, OutboundHttp http, OfficerAlerts alerts, HubModel model, TimeProvider time, ILogger<NoticeSender> logger)
{
    /// <summary>How many were taken.</summary>
    public async Task<int> SendDueAsync(CancellationToken cancellationToken)
    {
        var taken = 0;
        foreach (var waiting in await outbox.DueAsync(cancellationToken))
            taken += await SendAsync(waiting, cancellationToken) ? 1 : 0;
        return taken;
    }

    private async Task<bool> SendAsync(WaitingNotice waiting, CancellationToken cancellationToken)
    {
        try
        {
            using var request = waiting.Notice.Callback is { } callback ? await SignedAsync(waiting.Notice, callback, cancellationToken) : await WebhookAsync(waiting.Notice, cancellationToken);
            if (request is null)
                return false; // nobody to tell: officers look for themselves
            using var response = await (waiting.Notice.Callback is null ? http.Own : http.Strangers).SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            response.EnsureSuccessStatusCode();
            await outbox.TakenAsync(waiting, cancellationToken);
            return true;
        }
        catch (Exception e) when (e is HttpRequestException or TimeoutException or IOException || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested)) // one that is down must not stop the others
        {
            await PutOffAsync(waiting, e.GetType().Name, cancellationToken);
            return false;
        }
    }

    private async Task PutOffAsync(WaitingNotice waiting, string failure, CancellationToken cancellationToken)
    {
        if (NoticeSchedule.Next(waiting.Tries + 1, waiting.Since, time.GetUtcNow()) is { } next)
        {
            logger.NoticeNotTaken(waiting.Notice.Kind, waiting.Notice.Id, failure, next);
            await outbox.PutOffAsync(waiting, next, cancellationToken);
            return;
        }
        logger.NoticeGivenUp(waiting.Notice.Kind, waiting.Notice.Id);
        if (waiting.Notice.Callback is not null && RequestId.TryParse(waiting.Notice.Id.Split('|')[0]) is { } request)
            await alerts.RaiseAsync(request, "callback", "callback-not-taken", cancellationToken);
        await outbox.TakenAsync(waiting, cancellationToken);
    }

    private async Task<HttpRequestMessage?> WebhookAsync(OutgoingNotice notice, CancellationToken cancellationToken) =>
        model.Privacy.Notify is { } notify ? StandardWebhook.Request(notify.Url, notice.Id, Encoding.UTF8.GetBytes(notice.Body), await secret.GetAsync(notify, cancellationToken), time.GetUtcNow()) : null;

    private async Task<HttpRequestMessage?> SignedAsync(OutgoingNotice notice, Uri callback, CancellationToken cancellationToken)
    {
        if (OutboundGuard.Problem(callback, http.Options) is not null)
            throw new HttpRequestException("The callback's address may not be called.");
        if (model.Privacy.OpenDsr is not { } settings)
            return null;
        var body = Encoding.UTF8.GetBytes(notice.Body);
        var request = new HttpRequestMessage(HttpMethod.Post, callback) { Content = new ByteArrayContent(body) { Headers = { ContentType = new("application/json") } } };
        foreach (var (name, value) in OpenDsrHeaders.Of(settings, await signer.SignAsync(body, cancellationToken)))
            request.Headers.Add(name, value);
        return request;
    }
}
