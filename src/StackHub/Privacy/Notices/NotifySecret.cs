using StackHub.Configuration;
using StackHub.Permissions;
using StackHub.Security;

namespace StackHub.Privacy.Notices;

/// <summary>The secret that the configured webhook is signed with, from where secrets are kept.</summary>
public sealed class NotifySecret(SecretResolver resolver)
{
    private const string Setting = "privacy.notify.secret";

    /// <summary>Throws <see cref="HttpRequestException"/> while it cannot be had, as if the receiver were down.</summary>
    public async Task<byte[]> GetAsync(NotifySettings notify, CancellationToken cancellationToken)
    {
        var text = await TextAsync(notify, cancellationToken);
        return StandardWebhook.Secret(text) ?? throw new HttpRequestException($"The secret of privacy.notify is not {StandardWebhook.SecretPrefix} and base64.");
    }

    public async Task<string> TextAsync(NotifySettings notify, CancellationToken cancellationToken) =>
        await resolver.ResolveAsync(new Dictionary<string, string> { [Setting] = notify.Secret }, cancellationToken) is SecretResolution.Resolved resolved
            ? resolved.Settings[Setting]
            : throw new HttpRequestException("The secret of privacy.notify cannot be read.");
}
