using System.Net;
using System.Net.Http.Json;
using StackHub.Permissions;
using StackHub.Privacy;
using StackHub.Web.Tests.Hosting;

namespace StackHub.Web.Tests.Intake;

/// <summary>The public form as an API, for a company's own site.</summary>
public sealed class IntakeApiTests
{
    private const string Ada = "ada@lovelace.example";

    [Fact]
    public async Task Anybody_may_ask_and_confirms_by_the_code_that_went_to_the_address()
    {
        await using var hub = await WebHub.StartAsync();
        using var visit = new PublicVisit(hub);

        var asked = await PostAsync(hub, "requests", new { kinds = new[] { "erasure" }, email = Ada, place = "DE", message = "Please." });
        var code = (await visit.CodesAsync()).Single();
        var wrong = await PostAsync(hub, "confirm", new { reference = code.Request, code = "00000000" });
        var confirmed = await PostAsync(hub, "confirm", new { reference = code.Request, code = code.Code });

        Assert.Equal((HttpStatusCode.Accepted, HttpStatusCode.UnprocessableEntity, HttpStatusCode.Accepted), (asked.StatusCode, wrong.StatusCode, confirmed.StatusCode));
        var request = await visit.RequestAsync(code.Request);
        Assert.Equal(("public", "code", "eu-gdpr/DE"), (request.SubmittedBy, request.Verification!.By, request.Laws.Single()));
    }

    [Fact]
    public async Task Known_and_unknown_addresses_get_the_same_bytes()
    {
        await using var hub = await WebHub.StartAsync();
        await hub.SeenAsync(WebHub.Crm, "1", ("Email", Ada));

        var known = await PostAsync(hub, "requests", new { kinds = new[] { "access" }, email = Ada });
        var unknown = await PostAsync(hub, "requests", new { kinds = new[] { "access" }, email = "stranger@nowhere.example" });

        Assert.Equal(await known.Content.ReadAsStringAsync(), await unknown.Content.ReadAsStringAsync());
        Assert.Equal(known.StatusCode, unknown.StatusCode);
        Assert.Equal(await TextAsync(hub, "0123456789abcdef0123456789abcdef"), await TextAsync(hub, "nonsense"));
        static async Task<string> TextAsync(WebHub hub, string reference) => await (await PostAsync(hub, "confirm", new { reference, code = "00000000" })).Content.ReadAsStringAsync();
    }

    [Fact]
    public async Task The_same_key_is_one_request()
    {
        await using var hub = await WebHub.StartAsync();

        for (var time = 0; time < 2; time++)
            Assert.Equal(HttpStatusCode.Accepted, (await PostAsync(hub, "requests", new { kinds = new[] { "access", "erasure" }, email = Ada }, ("Idempotency-Key", "visit-7"))).StatusCode);
        Assert.Equal(HttpStatusCode.Accepted, (await PostAsync(hub, "requests", new { kinds = new[] { "access" }, email = "other@one.example" }, ("Idempotency-Key", "visit-7"))).StatusCode);

        Assert.Equal([(PrivacyRequestKind.Access, Ada), (PrivacyRequestKind.Access, "other@one.example"), (PrivacyRequestKind.Erasure, Ada)],
            (await hub.Get<RequestInbox>().ListAsync(CancellationToken.None)).Select(line => (line.Request.Kind, line.Request.Subject.Emails.Single())).Order());
    }

    [Theory]
    [InlineData("forget", Ada, null, HttpStatusCode.BadRequest, "kinds")]
    [InlineData("erasure", "secret", null, HttpStatusCode.UnprocessableEntity, "email")]
    [InlineData("erasure", Ada, "XX", HttpStatusCode.UnprocessableEntity, "place")]
    public async Task What_cannot_be_sent_is_named_and_not_repeated(string kind, string email, string? place, HttpStatusCode status, string names)
    {
        await using var hub = await WebHub.StartAsync();

        var response = await PostAsync(hub, "requests", new { kinds = new[] { kind }, email, place });
        var text = await response.Content.ReadAsStringAsync();

        Assert.Equal(status, response.StatusCode);
        Assert.Contains(names, text, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_is_closed_with_the_form_and_takes_no_other_sites_word()
    {
        await using var closed = await WebHub.StartAsync(privacy: PrivacySettings.Default with { Intake = new() { Open = false } });
        await using var open = await WebHub.StartAsync();

        Assert.Equal(HttpStatusCode.NotFound, (await PostAsync(closed, "requests", new { kinds = new[] { "access" }, email = Ada })).StatusCode);
        await ProblemAssert.IsAsync(HttpStatusCode.Forbidden, "cross-site", await PostAsync(open, "requests", new { kinds = new[] { "access" }, email = Ada }, ("Sec-Fetch-Site", "cross-site")));
        Assert.Empty(await open.Get<RequestInbox>().ListAsync(CancellationToken.None));
    }

    [Fact]
    public async Task It_is_asked_as_often_as_the_form_allows()
    {
        await using var hub = await WebHub.StartAsync(options => options.IntakePerAddress = 2);

        for (var time = 0; time < 2; time++)
            Assert.Equal(HttpStatusCode.Accepted, (await PostAsync(hub, "requests", new { kinds = new[] { "access" }, email = $"n{time}@one.example" })).StatusCode);
        var refused = await PostAsync(hub, "requests", new { kinds = new[] { "access" }, email = "n2@one.example" });

        await ProblemAssert.IsAsync(HttpStatusCode.TooManyRequests, "too-many-forms", refused);
        Assert.True(refused.Headers.RetryAfter!.Delta > TimeSpan.Zero);
    }

    private static async Task<HttpResponseMessage> PostAsync(WebHub hub, string what, object body, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri($"api/intake/{what}", UriKind.Relative)) { Content = JsonContent.Create(body) };
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        return await hub.Anonymous.SendAsync(request);
    }
}
