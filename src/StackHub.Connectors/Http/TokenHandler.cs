using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using StackHub.Connecting;

namespace StackHub.Connectors.Http;

/// <summary>
/// Puts the base address and the credential on every request. An OAuth token is renewed shortly before it ends, and once when the vendor
/// refuses it; the store lets only one caller do so, also across processes.
/// </summary>
internal sealed class TokenHandler(ConnectorContext context, VendorHttpOptions options) : DelegatingHandler
{
    private static readonly TimeSpan RenewBefore = TimeSpan.FromMinutes(1);
    private Credential? current = options.Auth switch
    {
        VendorAuth.Fixed known => new(new AuthenticationHeaderValue(known.Scheme, known.Credential), Token: null),
        VendorAuth.InHeaders => new(Header: null, Token: null),
        _ => null,
    };

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var credential = await UsableAsync(cancellationToken).ConfigureAwait(false);
        var response = await SendAsync((VendorRequest)request, credential, cancellationToken).ConfigureAwait(false);
        if (response.StatusCode != HttpStatusCode.Unauthorized)
            return response;

        response.Dispose();
        if (options.Auth is not VendorAuth.OAuth grant)
            throw NeedsPerson("the credential was refused (HTTP 401)");

        credential = await RenewAsync(grant, credential.Token, cancellationToken).ConfigureAwait(false);
        response = await SendAsync((VendorRequest)request, credential, cancellationToken).ConfigureAwait(false);
        if (response.StatusCode != HttpStatusCode.Unauthorized)
            return response;

        response.Dispose();
        throw NeedsPerson("a fresh token was refused (HTTP 401)");
    }

    private Task<HttpResponseMessage> SendAsync(VendorRequest request, Credential credential, CancellationToken cancellationToken)
    {
        var root = options.UseInstanceUrl && credential.Token?.InstanceUrl is { } instance ? instance : options.BaseAddress.AbsoluteUri;
        request.RequestUri = new Uri(root.TrimEnd('/') + request.Path);
        request.Headers.Authorization = credential.Header;
        return base.SendAsync(request, cancellationToken);
    }

    private async ValueTask<Credential> UsableAsync(CancellationToken cancellationToken)
    {
        if (current is { } known && !IsEnding(known.Token))
            return known;
        var grant = (VendorAuth.OAuth)options.Auth;
        var stored = await context.Tokens.GetAsync(context.System, cancellationToken).ConfigureAwait(false);
        return stored is not null && !IsEnding(stored) ? Keep(stored) : await RenewAsync(grant, stored, cancellationToken).ConfigureAwait(false);
    }

    private bool IsEnding(VendorToken? token) => token?.ExpiresAt is { } end && end - RenewBefore <= context.Time.GetUtcNow();

    private async Task<Credential> RenewAsync(VendorAuth.OAuth grant, VendorToken? refused, CancellationToken cancellationToken) =>
        Keep(await context.Tokens.RefreshAsync(context.System, refused?.AccessToken, (stored, token) => AskAsync(grant, stored, token), cancellationToken).ConfigureAwait(false));

    private Credential Keep(VendorToken token) => current = new(new AuthenticationHeaderValue("Bearer", token.AccessToken), token);

    private async Task<VendorToken> AskAsync(VendorAuth.OAuth grant, VendorToken? stored, CancellationToken cancellationToken)
    {
        using var request = new VendorRequest(VendorCall.Write("oauth.token"), HttpMethod.Post, grant.TokenEndpoint.PathAndQuery)
        {
            RequestUri = grant.TokenEndpoint,
            Content = ContentOf(grant, grant.Form(stored)),
        };
        if (grant.BasicClient is { } client)
            request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(client)));
        using var response = await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
        var refused = response.StatusCode is HttpStatusCode.BadRequest or HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden;
        if (refused && stored?.RefreshToken is not null) // a person may have signed in anew: what is configured is newer then
            return await AskAsync(grant, stored with { RefreshToken = null }, cancellationToken).ConfigureAwait(false);
        if (refused)
            throw NeedsPerson($"the grant was refused (HTTP {(int)response.StatusCode})");
        if (!response.IsSuccessStatusCode)
            throw new VendorUnavailableException(context.System, $"oauth.token: HTTP {(int)response.StatusCode}");
        return await ReadAsync(grant, stored, response, cancellationToken).ConfigureAwait(false);
    }

    private static HttpContent ContentOf(VendorAuth.OAuth grant, IReadOnlyList<KeyValuePair<string, string>> form) => grant.AsJson
        ? VendorHttp.Json(form.ToDictionary(), TokenJson.Default.DictionaryStringString)
        : new FormUrlEncodedContent(form);

    private async Task<VendorToken> ReadAsync(VendorAuth.OAuth grant, VendorToken? stored, HttpResponseMessage response, CancellationToken cancellationToken)
    {
        try
        {
            await using var body = new LimitedStream(await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false), options.MaxAnswerBytes);
            var answer = await JsonSerializer.DeserializeAsync(body, TokenJson.Default.TokenAnswer, cancellationToken).ConfigureAwait(false);
            return answer?.AccessToken is { Length: > 0 } access ? TokenOf(grant, stored, answer, access) : throw new JsonException();
        }
        catch (Exception e) when (e is JsonException or IOException) // the body holds tokens: nothing of it goes on
        {
            throw new VendorUnavailableException(context.System, "oauth.token: the answer is not a token");
        }
    }

    // A refresh that answers no new refresh token leaves the old one in force (RFC 6749, section 6).
    private VendorToken TokenOf(VendorAuth.OAuth grant, VendorToken? stored, TokenAnswer answer, string access) =>
        new(access, answer.RefreshToken ?? stored?.RefreshToken, EndOf(grant, answer), answer.InstanceUrl ?? stored?.InstanceUrl);

    private DateTimeOffset? EndOf(VendorAuth.OAuth grant, TokenAnswer answer) =>
        (answer.ExpiresIn is { } seconds ? TimeSpan.FromSeconds(seconds) : grant.Lifetime) is { } life ? context.Time.GetUtcNow() + life : null;

    private VendorUnavailableException NeedsPerson(string reason)
    {
        context.CredentialRefused?.Invoke();
        return new(context.System, reason) { NeedsPerson = true };
    }

    private sealed record Credential(AuthenticationHeaderValue? Header, VendorToken? Token);
}
