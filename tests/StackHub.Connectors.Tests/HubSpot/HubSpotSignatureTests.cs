using System.Security.Cryptography;
using System.Text;
using StackHub.Connecting;
using StackHub.Connectors.HubSpot;

namespace StackHub.Connectors.Tests.HubSpot;

public sealed class HubSpotSignatureTests
{
    private const string Secret = "yyyyyyyy-yyyy-yyyy-yyyy-yyyyyyyyyyyy";
    private const string Hook = "https://www.example.com/webhook_uri";
    private static readonly DateTimeOffset Now = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    // The vendor's own vectors: HubSpot/hubspot-api-nodejs test/unit/signature.spec.ts
    [Theory]
    [InlineData("v1", "POST", """[{"eventId":1,"subscriptionId":12345,"portalId":62515,"occurredAt":1564113600000,"subscriptionType":"contact.creation","attemptNumber":0,"objectId":123,"changeSource":"CRM","changeFlag":"NEW","appId":54321}]""", "232db2615f3d666fe21a8ec971ac7b5402d33b9a925784df3ca654d05f4817de")]
    [InlineData("v2", "GET", "", "eee2dddcc73c94d699f5e395f4b9d454a069a6855fbfa152e91e88823087200e")]
    [InlineData("v2", "POST", """{"example_field":"example_value"}""", "9569219f8ba981ffa6f6f16aa0f48637d35d728c7e4d93d0d52efaa512af7900")]
    public void The_vendors_vectors_are_valid(string version, string method, string body, string signature)
    {
        var request = Request(method, Hook, body, new() { ["x-hubspot-signature"] = signature, ["x-hubspot-signature-version"] = version });

        Assert.Equal(SignatureVerdict.Valid, Verify(request, "v1", "v2", "v3"));
        Assert.Equal(SignatureVerdict.Mismatch, Verify(request with { Body = Encoding.UTF8.GetBytes(body + " ") }, "v1", "v2"));
    }

    [Fact]
    public void An_older_version_is_accepted_only_where_it_is_allowed()
    {
        var request = Request("GET", Hook, "", new() { ["x-hubspot-signature"] = "eee2dddcc73c94d699f5e395f4b9d454a069a6855fbfa152e91e88823087200e", ["x-hubspot-signature-version"] = "v2" });

        Assert.Equal(SignatureVerdict.Missing, Verify(request, "v3"));
    }

    [Theory]
    [InlineData(0, SignatureVerdict.Valid)]
    [InlineData(-300_000, SignatureVerdict.Valid)]
    [InlineData(-300_001, SignatureVerdict.Expired)]
    [InlineData(300_000, SignatureVerdict.Valid)]
    [InlineData(300_001, SignatureVerdict.Expired)]
    public void A_v3_time_is_checked_on_both_sides(int offset, SignatureVerdict verdict) =>
        Assert.Equal(verdict, Verify(Signed(Hook, Hook, "[]", (Now.ToUnixTimeMilliseconds() + offset).ToString()), "v3"));

    [Theory]
    [InlineData("/h?a=b%3Ac%2Fd%3Fe%40f%21g%24h%27i%28j%29k%2Al%2Cm%3Bn", "/h?a=b:c/d?e@f!g$h'i(j)k*l,m;n")]
    [InlineData("/h?a=b%3ac%2fd", "/h?a=b:c/d")]
    [InlineData("/h?a=%20%26%3D%25%2B", "/h?a=%20%26%3D%25%2B")]
    public void Only_the_named_escapes_of_the_address_are_decoded(string called, string asSigned) =>
        Assert.Equal(SignatureVerdict.Valid, Verify(Signed("https://hub.example.com" + called, "https://hub.example.com" + asSigned, "[]", Now.ToUnixTimeMilliseconds().ToString()), "v3"));

    [Theory]
    [InlineData("x-hubspot-signature-v3")]
    [InlineData("x-hubspot-request-timestamp")]
    public void A_missing_header_is_missing(string header)
    {
        var request = Signed(Hook, Hook, "[]", Now.ToUnixTimeMilliseconds().ToString());
        var headers = request.Headers.Where(h => h.Key != header).ToDictionary();

        Assert.Equal(SignatureVerdict.Missing, Verify(request with { Headers = headers }, "v3"));
    }

    [Fact]
    public void Another_body_method_or_address_does_not_match()
    {
        var request = Signed(Hook, Hook, "[]", Now.ToUnixTimeMilliseconds().ToString());

        Assert.Equal(SignatureVerdict.Mismatch, Verify(request with { Body = "[{}]"u8.ToArray() }, "v3"));
        Assert.Equal(SignatureVerdict.Mismatch, Verify(request with { Method = "PUT" }, "v3"));
        Assert.Equal(SignatureVerdict.Mismatch, Verify(request with { Uri = Hook + "?x" }, "v3"));
    }

    [Fact]
    public void Without_a_secret_nobody_is_let_in() =>
        Assert.Equal(SignatureVerdict.Missing, HubSpotSignature.Verify(Signed(Hook, Hook, "[]", Now.ToUnixTimeMilliseconds().ToString(), ""), "", ["v3"], Now));

    private static SignatureVerdict Verify(WebhookRequest request, params string[] versions) => HubSpotSignature.Verify(request, Secret, [.. versions], Now);

    private static WebhookRequest Request(string method, string uri, string body, Dictionary<string, string> headers) => new(method, uri, headers, Encoding.UTF8.GetBytes(body));

    private static WebhookRequest Signed(string called, string asSigned, string body, string timestamp, string secret = Secret) => Request("POST", called, body, new()
    {
        ["x-hubspot-signature-v3"] = Convert.ToBase64String(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes("POST" + asSigned + body + timestamp))),
        ["x-hubspot-request-timestamp"] = timestamp,
    });
}
