using System.Collections.Concurrent;
using System.Net;
using System.Text;
using System.Text.Json;
using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Security.KeyVault.Secrets;
using StackHub.Testing.Connecting;

namespace StackHub.Cloud.Tests;

/// <summary>A Key Vault as seen on the wire: it asks for a token first, and can be away.</summary>
internal sealed class FakeVault : HttpMessageHandler
{
    private static readonly Uri Address = new("https://hub.vault.azure.net/");

    public ConcurrentDictionary<string, string> Secrets { get; } = new();

    /// <summary>What it answers instead; null is the network being down.</summary>
    public HttpStatusCode? Fails { get; set; } = HttpStatusCode.OK;

    /// <summary>Requests with a token.</summary>
    public int Asked { get; private set; }

    public KeyVaultSecrets Source(TimeProvider? time = null) => new(
        new SecretClient(Address, new FakeCredential(), new() { Transport = new HttpClientTransport(new HttpClient(this)), Retry = { MaxRetries = 0 } }),
        time ?? new AdjustableTime());

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        await Task.Yield();
        if (Fails is null)
            throw new HttpRequestException("No such host.");
        if (request.Headers.Authorization is null)
            return new(HttpStatusCode.Unauthorized) { Headers = { { "WWW-Authenticate", "Bearer authorization=\"https://login.microsoftonline.com/00000000-0000-0000-0000-000000000000\", resource=\"https://vault.azure.net\"" } } };
        Asked++;
        var name = request.RequestUri!.Segments[2].TrimEnd('/');
        return Fails is { } status and not HttpStatusCode.OK ? Answer(status, new { error = new { code = "Refused", message = "no" } })
            : Secrets.TryGetValue(name, out var value) ? Answer(HttpStatusCode.OK, new { value, id = $"{Address}secrets/{name}/1" })
            : Answer(HttpStatusCode.NotFound, new { error = new { code = "SecretNotFound", message = "not here" } });
    }

    private static HttpResponseMessage Answer(HttpStatusCode status, object body) => new(status) { Content = new StringContent(JsonSerializer.Serialize(body), Encoding.UTF8, "application/json") };

    private sealed class FakeCredential : TokenCredential
    {
        public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken) => new("token", DateTimeOffset.MaxValue);

        public override ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken) => new(GetToken(requestContext, cancellationToken));
    }
}
