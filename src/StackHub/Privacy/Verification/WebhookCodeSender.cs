using System.Text.Json;
using System.Text.Json.Serialization;
using StackHub.Security;

namespace StackHub.Privacy.Verification;

/// <summary>Hands codes to the company's own mailer: a POST signed as Standard Webhooks say, to one fixed address.</summary>
public sealed class WebhookCodeSender : ICodeSender
{
    private readonly HttpClient http;
    private readonly Uri address;
    private readonly byte[] secret;
    private readonly TimeProvider time;

    /// <param name="http">Without redirects; its timeout is the delivery's.</param>
    /// <param name="secret">As Standard Webhooks write it: whsec_ and base64.</param>
    public WebhookCodeSender(HttpClient http, Uri address, string secret, TimeProvider time)
    {
        if (address.Scheme != Uri.UriSchemeHttps && !address.IsLoopback)
            throw new ArgumentException("Codes go over https only: give an address that starts with https://.", nameof(address));
        if (!secret.StartsWith(StandardWebhook.SecretPrefix, StringComparison.Ordinal))
            throw new ArgumentException($"The webhook's secret starts with {StandardWebhook.SecretPrefix}.", nameof(secret));
        (this.http, this.address, this.secret, this.time) = (http, address, Convert.FromBase64String(secret[StandardWebhook.SecretPrefix.Length..]), time);
    }

    public async Task SendAsync(CodeMessage message, CancellationToken cancellationToken)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(new CodeEvent("privacy.verification", time.GetUtcNow(), message), CodeEventJson.Default.CodeEvent);
        using var request = StandardWebhook.Request(address, message.Id, body, secret, time.GetUtcNow());
        using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        response.EnsureSuccessStatusCode();
    }
}

internal sealed record CodeEvent(string Type, DateTimeOffset Timestamp, CodeMessage Data);

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(CodeEvent))]
internal sealed partial class CodeEventJson : JsonSerializerContext;
