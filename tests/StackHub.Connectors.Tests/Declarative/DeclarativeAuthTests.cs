using StackHub.Connecting;
using StackHub.Connectors.Declarative;
using StackHub.Testing.Connecting;

namespace StackHub.Connectors.Tests.Declarative;

/// <summary>Every kind of sign-in that a file can ask for, as it goes over the wire.</summary>
public sealed class DeclarativeAuthTests
{
    private static readonly Dictionary<string, string> Settings = new() { ["apiKey"] = "k", ["clientId"] = "ours", ["clientSecret"] = "hidden", ["refreshToken"] = "old" };

    [Theory]
    [InlineData("{ kind: bearer, token: '{{ setting.apiKey }}' }", "Bearer k")]
    [InlineData("{ kind: bearer, scheme: Token, token: '{{ setting.apiKey }}' }", "Token k")]
    [InlineData("{ kind: basic, user: '{{ setting.apiKey }}', password: x }", "Basic azp4")]
    public async Task A_key_goes_into_the_header(string auth, string header)
    {
        using var vendor = new FakeVendor(_ => FakeVendor.Ok("""{"id":"1","updated":1767225600,"email":"a@example.com"}"""));

        await ReadAsync(auth, vendor);

        Assert.Equal(header, Assert.Single(vendor.Sent).Authorization);
    }

    [Theory]
    [InlineData("{ kind: oauth, tokenUrl: 'https://api.acme.example/token', clientGrant: true, scope: read }", "grant_type=client_credentials&client_id=ours&client_secret=hidden&scope=read", null)]
    [InlineData("{ kind: oauth, tokenUrl: 'https://api.acme.example/token', clientGrant: true, clientAsBasic: true }", "grant_type=client_credentials", "Basic b3VyczpoaWRkZW4=")]
    [InlineData("{ kind: oauth, tokenUrl: 'https://api.acme.example/token' }", "grant_type=refresh_token&refresh_token=old&client_id=ours&client_secret=hidden", null)]
    public async Task A_grant_is_asked_for_once_and_used(string auth, string form, string? client)
    {
        using var vendor = new FakeVendor(sent => FakeVendor.Ok(sent.Path == "/token" ? """{"access_token":"fresh","expires_in":3600}""" : """{"id":"1","updated":1767225600,"email":"a@example.com"}"""));

        await ReadAsync(auth, vendor);
        var (grant, call) = (vendor.Sent[0], vendor.Sent[1]);

        Assert.Equal((2, form, client), (vendor.Sent.Count, grant.Body, grant.Authorization));
        Assert.Equal("Bearer fresh", call.Authorization);
    }

    private static async Task ReadAsync(string auth, FakeVendor vendor)
    {
        var read = VendorFile.Parse($$"""
            vendor: acme
            name: Acme
            docs: https://docs.acme.example/
            base: https://api.acme.example/v1
            hosts: [api.acme.example]
            settings: { apiKey: { purpose: The key., secret: true } }
            auth: {{auth}}
            objects:
              contacts:
                kind: person
                id: id
                modified: updated
                fields: { email: { type: email, field: email } }
                scan: { call: GET /contacts, items: data }
                feed: { call: GET /contacts, items: data }
                read: { call: "GET /contacts/{{ "{{ id }}" }}" }
                find: { call: GET /contacts, query: { email: "{{ "{{ email }}" }}" }, items: data }
                create: { call: POST /contacts, body: { "...": "{{ "{{ fields }}" }}" } }
                update: { call: "PATCH /contacts/{{ "{{ id }}" }}", body: { "...": "{{ "{{ fields }}" }}" } }
            """, "acme.yaml");
        Assert.Empty(read.Problems);
        var context = new ConnectorContext(new("acme"), Settings, new FakeBudget(TimeProvider.System), new FakeTokens(), TimeProvider.System);
        using var connector = (IDisposable)((DeclarativeFactory)read.Factory!).Create(context, vendor);
        await ((IConnector)connector).ReadAsync("contacts", ["email"], ["1"], default);
    }
}
