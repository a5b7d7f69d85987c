using System.Net;
using System.Text.Json.Serialization;
using StackHub.Connecting;
using StackHub.Connectors.Http;
using StackHub.Records;
using StackHub.Testing.Connecting;

namespace StackHub.Connectors.Tests.Http;

public sealed class VendorHttpTests : IDisposable
{
    private static readonly VendorCall Read = VendorCall.Read("things.read");
    private static readonly VendorCall Write = VendorCall.Write("things.write", records: 3);
    private readonly FakeBudget budget = new(TimeProvider.System);
    private readonly FakeTokens tokens = new();

    public void Dispose() => tokens.Dispose();

    [Fact]
    public async Task A_call_takes_a_permit_of_its_scope_and_is_reported_with_its_records()
    {
        var called = new List<(string, int)>();
        using var http = Make(_ => FakeVendor.Ok("{}"), context => context with { Called = (operation, records) => called.Add((operation, records)) });

        using var answer = await http.SendAsync(Write with { Scope = "search" }, HttpMethod.Post, "/things", null, default);

        Assert.Equal(["search"], budget.Taken);
        Assert.Equal([("things.write", 3)], called);
    }

    [Fact]
    public async Task A_base_address_keeps_its_path()
    {
        var vendor = new FakeVendor(_ => FakeVendor.Ok("{}"));
        using var http = Make(vendor, o => o with { BaseAddress = new Uri("https://proxy.example.com/prefix/") });

        using var answer = await http.GetAsync(Read, "/things?x=1", default);

        Assert.Equal("/prefix/things?x=1", vendor.Sent[0].Path);
    }

    [Fact]
    public async Task Throttled_writes_are_sent_again_after_the_time_the_vendor_named()
    {
        var count = 0;
        using var http = Make(_ => ++count == 1 ? Throttled(TimeSpan.FromMilliseconds(1)) : FakeVendor.Ok("{}"));

        using var answer = await http.SendAsync(Write, HttpMethod.Post, "/things", null, default);

        Assert.True(answer.IsSuccess);
        Assert.Single(budget.Blocks);
        Assert.Equal(2, budget.Taken.Count);
    }

    [Fact]
    public async Task An_error_in_a_200_is_handled_as_what_it_is_translated_to()
    {
        var count = 0;
        static ValueTask<HttpResponseMessage> Translate(HttpResponseMessage answer, CancellationToken token) =>
            ValueTask.FromResult(answer.Content.Headers.ContentLength == 5 ? Throttled(TimeSpan.FromMilliseconds(1)) : answer);
        using var http = Make(_ => FakeVendor.Ok(++count == 1 ? "error" : "{}"), options: o => o with { Translate = Translate });

        using var answer = await http.SendAsync(Write, HttpMethod.Post, "/things", null, default);

        Assert.True(answer.IsSuccess);
        Assert.Equal((2, 1), (count, budget.Blocks.Count));
    }

    [Fact]
    public async Task An_answer_that_breaks_off_while_it_is_translated_leaves_a_write_uncertain()
    {
        using var http = Make(_ => FakeVendor.Ok("{}"), options: o => o with { Translate = (_, _) => throw new IOException("ada@example.com is in this message") });

        var e = await Assert.ThrowsAsync<VendorUnavailableException>(() => http.SendAsync(Write, HttpMethod.Post, "/things", null, default));

        Assert.True(e.Uncertain);
    }

    [Fact]
    public async Task A_long_wait_is_the_callers()
    {
        using var http = Make(_ => Throttled(TimeSpan.FromHours(1)));

        var e = await Assert.ThrowsAsync<VendorUnavailableException>(() => http.SendAsync(Write, HttpMethod.Post, "/things", null, default));

        Assert.Equal(TimeSpan.FromHours(1), e.RetryAfter);
        Assert.False(e.Uncertain);
        Assert.Equal([TimeSpan.FromHours(1)], budget.Blocks);
    }

    [Fact]
    public async Task A_retry_date_counts_from_the_vendors_own_clock()
    {
        var vendorsNow = new DateTimeOffset(2020, 1, 1, 0, 0, 0, TimeSpan.Zero);
        using var http = Make(_ =>
        {
            var answer = new HttpResponseMessage(HttpStatusCode.ServiceUnavailable);
            answer.Headers.Date = vendorsNow;
            answer.Headers.RetryAfter = new(vendorsNow.AddMinutes(3));
            return answer;
        });

        var e = await Assert.ThrowsAsync<VendorUnavailableException>(() => http.SendAsync(Write, HttpMethod.Post, "/things", null, default));

        Assert.Equal(TimeSpan.FromMinutes(3), e.RetryAfter);
        Assert.True(e.Uncertain);
    }

    [Fact]
    public async Task A_safe_read_survives_broken_connections_and_5xx()
    {
        var count = 0;
        using var http = Make(_ => ++count switch
        {
            1 => throw new HttpRequestException(HttpRequestError.ResponseEnded),
            2 => new HttpResponseMessage(HttpStatusCode.BadGateway),
            _ => FakeVendor.Ok("""{"name":"x"}"""),
        });

        using var answer = await http.GetAsync(Read, "/things", default);

        Assert.Equal("x", (await answer.RequireAsync(ThingJson.Default.Thing, default)).Name);
        Assert.Equal(3, count);
    }

    [Theory]
    [InlineData(HttpRequestError.ResponseEnded, true)]
    [InlineData(HttpRequestError.Unknown, true)]
    [InlineData(HttpRequestError.ConnectionError, false)]
    [InlineData(HttpRequestError.NameResolutionError, false)]
    public async Task A_write_is_sent_once_and_is_uncertain_when_it_may_have_arrived(HttpRequestError error, bool isUncertain)
    {
        var count = 0;
        using var http = Make(_ =>
        {
            count++;
            throw new HttpRequestException(error, "ada@example.com is in this message");
        });

        var e = await Assert.ThrowsAsync<VendorUnavailableException>(() => http.SendAsync(Write, HttpMethod.Post, "/things", null, default));

        Assert.Equal(isUncertain, e.Uncertain);
        Assert.Equal(1, count);
        Assert.DoesNotContain("ada@example.com", e.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_write_answered_with_5xx_is_uncertain()
    {
        using var http = Make(_ => new HttpResponseMessage(HttpStatusCode.InternalServerError));

        var e = await Assert.ThrowsAsync<VendorUnavailableException>(() => http.SendAsync(Write, HttpMethod.Post, "/things", null, default));

        Assert.True(e.Uncertain);
    }

    [Fact]
    public async Task No_answer_in_time_is_uncertain()
    {
        using var http = new VendorHttp(Context(), Options(new SilentVendor()) with { AttemptTimeout = TimeSpan.FromMilliseconds(30) });

        var e = await Assert.ThrowsAsync<VendorUnavailableException>(() => http.SendAsync(Write, HttpMethod.Post, "/things", null, default));

        Assert.True(e.Uncertain);
        Assert.Contains("no answer in time", e.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_callers_cancellation_stays_a_cancellation()
    {
        using var http = new VendorHttp(Context(), Options(new SilentVendor()));
        using var stop = new CancellationTokenSource(20);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => http.GetAsync(Read, "/things", stop.Token));
    }

    [Fact]
    public async Task A_failing_vendor_is_left_alone_for_a_while()
    {
        var count = 0;
        using var http = Make(_ =>
        {
            count++;
            return new HttpResponseMessage(HttpStatusCode.InternalServerError);
        });

        for (var i = 0; i < 20; i++)
            await Assert.ThrowsAsync<VendorUnavailableException>(() => http.SendAsync(Write, HttpMethod.Post, "/things", null, default));

        Assert.Equal(6, count);
        var e = await Assert.ThrowsAsync<VendorUnavailableException>(() => http.SendAsync(Write, HttpMethod.Post, "/things", null, default));
        Assert.False(e.Uncertain);
        Assert.NotNull(e.RetryAfter);
    }

    [Fact]
    public async Task A_refused_token_is_renewed_once_and_the_call_sent_again()
    {
        var vendor = new FakeVendor(r => r.Path == "/token"
            ? FakeVendor.Ok("""{"access_token":"new","refresh_token":"r2","expires_in":1800}""")
            : new HttpResponseMessage(r.Authorization == "Bearer new" ? HttpStatusCode.OK : HttpStatusCode.Unauthorized));
        tokens.Stored = new VendorToken("old", "r1", null);
        using var http = Make(vendor, o => o with { Auth = Grant() });

        using var answer = await http.GetAsync(Read, "/things", default);

        Assert.True(answer.IsSuccess);
        Assert.Equal(1, tokens.Refreshes);
        Assert.Contains("refresh_token=r1", vendor.Sent[1].Body, StringComparison.Ordinal);
        Assert.Equal("r2", tokens.Stored.RefreshToken);
    }

    [Fact]
    public async Task A_token_near_its_end_is_renewed_before_the_call()
    {
        var vendor = new FakeVendor(r => r.Path == "/token" ? FakeVendor.Ok("""{"access_token":"new","expires_in":"1800"}""") : FakeVendor.Ok("{}"));
        tokens.Stored = new VendorToken("old", "r1", TimeProvider.System.GetUtcNow().AddSeconds(20));
        using var http = Make(vendor, o => o with { Auth = Grant() });

        using var answer = await http.GetAsync(Read, "/things", default);

        Assert.Equal(["/token", "/things"], vendor.Sent.Select(s => s.Path));
        Assert.Equal("r1", tokens.Stored.RefreshToken);
    }

    [Fact]
    public async Task A_refused_grant_needs_a_person()
    {
        var vendor = new FakeVendor(r => r.Path == "/token" ? FakeVendor.Json(HttpStatusCode.BadRequest, """{"error":"invalid_grant"}""") : FakeVendor.Ok("{}"));
        using var http = Make(vendor, o => o with { Auth = Grant() });

        var e = await Assert.ThrowsAsync<VendorUnavailableException>(() => http.GetAsync(Read, "/things", default));

        Assert.True(e.NeedsPerson);
    }

    [Fact]
    public async Task A_fixed_token_that_is_refused_needs_a_person()
    {
        using var http = Make(_ => new HttpResponseMessage(HttpStatusCode.Unauthorized));

        var e = await Assert.ThrowsAsync<VendorUnavailableException>(() => http.GetAsync(Read, "/things", default));

        Assert.True(e.NeedsPerson);
    }

    [Fact]
    public async Task An_answer_larger_than_allowed_is_not_read()
    {
        using var http = Make(_ => FakeVendor.Ok($$"""{"name":"{{new string('x', 5000)}}"}"""), options: o => o with { MaxAnswerBytes = 1000 });

        using var answer = await http.GetAsync(Read, "/things", default);
        var e = await Assert.ThrowsAsync<VendorUnavailableException>(() => answer.RequireAsync(ThingJson.Default.Thing, default));

        Assert.Contains("too large", e.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_body_that_is_not_the_expected_JSON_is_not_quoted()
    {
        using var http = Make(_ => FakeVendor.Ok("""{"name":{"secret@example.com":1}}"""));

        using var answer = await http.GetAsync(Read, "/things", default);
        var e = await Assert.ThrowsAsync<VendorUnavailableException>(() => answer.RequireAsync(ThingJson.Default.Thing, default));

        Assert.DoesNotContain("secret", e.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Plain_HTTP_is_refused_before_anything_is_sent()
    {
        var vendor = new FakeVendor(_ => FakeVendor.Ok("{}"));
        using var http = Make(vendor, o => o with { BaseAddress = new Uri("http://vendor.example.com") });

        var e = await Assert.ThrowsAsync<VendorUnavailableException>(() => http.SendAsync(Write, HttpMethod.Post, "/things", null, default));

        Assert.False(e.Uncertain);
        Assert.Empty(vendor.Sent);
    }

    [Fact]
    public async Task The_vendors_clock_is_read_off_every_answer()
    {
        var theirs = new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);
        var readings = new List<DateTimeOffset>();
        using var http = Make(
            _ =>
            {
                var answer = FakeVendor.Ok("{}");
                answer.Headers.Date = theirs;
                return answer;
            },
            context => context with { ClockReading = (vendor, sent, answered) => readings.Add(vendor) });

        using var answer = await http.GetAsync(Read, "/things", default);

        Assert.Equal([theirs], readings);
    }

    [Fact]
    public async Task A_refused_credential_is_told_so_that_a_renewed_one_is_looked_for()
    {
        var told = 0;
        using var http = Make(_ => new HttpResponseMessage(HttpStatusCode.Unauthorized), context => context with { CredentialRefused = () => told++ });

        await Assert.ThrowsAsync<VendorUnavailableException>(() => http.GetAsync(Read, "/things", default));

        Assert.Equal(1, told);
    }

    [Fact]
    public async Task When_a_stored_grant_is_refused_the_configured_one_is_tried()
    {
        tokens.Stored = new("old", "revoked", null);
        using var http = Make(
            r => r.Path == "/token"
                ? r.Body.Contains("refresh_token=r0", StringComparison.Ordinal) ? FakeVendor.Ok("""{"access_token":"new"}""") : new HttpResponseMessage(HttpStatusCode.BadRequest)
                : new HttpResponseMessage(r.Authorization == "Bearer new" ? HttpStatusCode.OK : HttpStatusCode.Unauthorized),
            options: o => o with { Auth = Grant() });

        using var answer = await http.GetAsync(Read, "/things", default);

        Assert.Equal(HttpStatusCode.OK, answer.Status);
    }

    [Fact]
    public async Task A_token_endpoint_that_wants_the_client_as_basic_credentials_gets_it_so()
    {
        var asked = new List<string?>();
        using var http = Make(
            r =>
            {
                asked.Add(r.Authorization);
                return FakeVendor.Ok("""{"access_token":"new"}""");
            },
            options: o => o with { Auth = Grant() with { BasicClient = "id:secret" } });

        using var answer = await http.GetAsync(Read, "/things", default);

        Assert.Equal(["Basic aWQ6c2VjcmV0", "Bearer new"], asked);
    }

    [Fact]
    public async Task A_grant_is_asked_for_in_JSON_where_the_endpoint_wants_that()
    {
        var vendor = new FakeVendor(r => FakeVendor.Ok(r.Path == "/token" ? """{"access_token":"new"}""" : "{}"));
        using var http = Make(vendor, o => o with { Auth = Grant() with { AsJson = true } });

        using var answer = await http.GetAsync(Read, "/things", default);

        Assert.Equal("r0", (string?)vendor.Sent[0].Json["refresh_token"]);
        Assert.Equal("Bearer new", vendor.Sent[1].Authorization);
    }

    private static VendorAuth.OAuth Grant() =>
        new VendorAuth.OAuth(new Uri("https://vendor.example.com/token"), stored => [new("grant_type", "refresh_token"), new("refresh_token", stored?.RefreshToken ?? "r0")]);

    private static HttpResponseMessage Throttled(TimeSpan wait)
    {
        var answer = new HttpResponseMessage(HttpStatusCode.TooManyRequests);
        answer.Headers.RetryAfter = new(wait);
        return answer;
    }

    private VendorHttp Make(Func<SentRequest, HttpResponseMessage> answer, Func<ConnectorContext, ConnectorContext>? context = null, Func<VendorHttpOptions, VendorHttpOptions>? options = null)
    {
        var vendor = Options(new FakeVendor(answer));
        return new(context?.Invoke(Context()) ?? Context(), options?.Invoke(vendor) ?? vendor);
    }

    private VendorHttp Make(FakeVendor vendor, Func<VendorHttpOptions, VendorHttpOptions> options) => new(Context(), options(Options(vendor)));

    private static VendorHttpOptions Options(HttpMessageHandler transport) => new(new Uri("https://vendor.example.com"), new VendorAuth.Fixed("Bearer", "t"))
    {
        Transport = transport,
        ReadRetryDelay = TimeSpan.FromMilliseconds(1),
    };

    private ConnectorContext Context() => new(new SystemId("acme"), new Dictionary<string, string>(), budget, tokens, TimeProvider.System);

    private sealed class SilentVendor : HttpMessageHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            await Task.Delay(Timeout.Infinite, cancellationToken);
            return new HttpResponseMessage();
        }
    }
}

internal sealed record Thing(string? Name);

[JsonSourceGenerationOptions(System.Text.Json.JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(Thing))]
internal sealed partial class ThingJson : JsonSerializerContext;
