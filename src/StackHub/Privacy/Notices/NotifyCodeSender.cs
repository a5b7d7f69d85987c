using StackHub.Configuration;
using StackHub.Privacy.Verification;

namespace StackHub.Privacy.Notices;

/// <summary>Hands codes to the configured webhook; without one they wait for an officer, who brings them over by hand.</summary>
public sealed class NotifyCodeSender(HubModel model, NotifySecret secret, OutboundHttp http, HandDelivery hand, TimeProvider time) : ICodeSender
{
    public async Task SendAsync(CodeMessage message, CancellationToken cancellationToken)
    {
        if (model.Privacy.Notify is not { } notify || message.Channel == CodeMessage.ByHand)
            await hand.KeepAsync(message, cancellationToken);
        else
            await new WebhookCodeSender(http.Own, notify.Url, await secret.TextAsync(notify, cancellationToken), time).SendAsync(message, cancellationToken);
    }
}
