using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using StackHub.Permissions;
using StackHub.Privacy;
using StackHub.Privacy.Notices;
using StackHub.Privacy.OpenDsr;
using StackHub.Security;
using StackHub.Triggers;
using StackHub.Web.Tests.Hosting;

namespace StackHub.Web.Tests.OpenDsr;

public sealed class OpenDsrTests
{
    private const string Number = "a7551968-d5d6-44b2-9831-815ac9017798";
    private static readonly PrivacySettings Settings = PrivacySettings.Default with { OpenDsr = new("opendsr.hub.example") };

    [Fact]
    public async Task Discovery_names_what_is_taken_and_where_the_certificate_is()
    {
        await using var hub = await StartAsync();

        var document = JsonDocument.Parse(await hub.Anonymous.GetStringAsync(new Uri("api/opendsr/discovery", UriKind.Relative))).RootElement;

        Assert.Equal("2.0", document.GetProperty("api_version").GetString());
        Assert.Equal(["access", "erasure", "portability"], document.GetProperty("supported_subject_request_types").EnumerateArray().Select(type => type.GetString()).Order());
        Assert.Contains(document.GetProperty("supported_identities").EnumerateArray(), identity => (identity.GetProperty("identity_type").GetString(), identity.GetProperty("identity_format").GetString()) == ("email", "sha256"));
        Assert.Equal("https://opendsr.hub.example/api/opendsr/certificate.pem", document.GetProperty("processor_certificate").GetString());
    }

    [Fact]
    public async Task A_request_is_answered_signed_with_its_own_body_and_filed_like_any_other()
    {
        await using var hub = await StartAsync();
        using var controller = await hub.SomebodyAsync(Role.Controller);

        var response = await PostAsync(controller, Body());
        var bytes = await response.Content.ReadAsByteArrayAsync();
        var answer = JsonDocument.Parse(bytes).RootElement;

        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        Assert.Equal("opendsr.hub.example", Header(response, "X-OpenDSR-Processor-Domain"));
        Assert.True(OpenDsrSigner.Verify(await CertificateAsync(hub), bytes, Header(response, "X-OpenDSR-Signature")));
        bytes[^2] ^= 1;
        Assert.False(OpenDsrSigner.Verify(await CertificateAsync(hub), bytes, Header(response, "X-OpenDSR-Signature")));
        Assert.Equal(Body(), Encoding.UTF8.GetString(answer.GetProperty("encoded_request").GetBytesFromBase64()));
        Assert.Equal(Number, answer.GetProperty("subject_request_id").GetString());
        var line = Assert.Single(await hub.Get<RequestInbox>().ListAsync(CancellationToken.None));
        Assert.Equal((PrivacyRequestKind.Erasure, PrivacyRequestState.Verified, "eu-gdpr/EU"), (line.Request.Kind, line.Request.State, line.Request.Laws.Single()));
        Assert.Equal(line.SafeDue, answer.GetProperty("expected_completion_time").GetDateTimeOffset());
    }

    [Fact]
    public async Task The_same_number_is_one_request_and_another_body_under_it_is_refused()
    {
        await using var hub = await StartAsync();
        using var controller = await hub.SomebodyAsync(Role.Controller);

        var first = await (await PostAsync(controller, Body())).Content.ReadAsStringAsync();
        hub.Parts.Time.Advance(TimeSpan.FromHours(1));
        var second = await (await PostAsync(controller, Body())).Content.ReadAsStringAsync();
        var other = await PostAsync(controller, Body(type: "access"));

        Assert.Equal(first, second);
        Assert.Equal(HttpStatusCode.BadRequest, other.StatusCode);
        Assert.Single(await hub.Get<RequestInbox>().ListAsync(CancellationToken.None));
    }

    [Fact]
    public async Task A_controller_sees_and_cancels_its_own_requests_and_nobody_elses()
    {
        await using var hub = await StartAsync();
        using var controller = await hub.SomebodyAsync(Role.Controller);
        using var other = await hub.SomebodyAsync(Role.Controller);
        await PostAsync(controller, Body());
        var path = new Uri($"api/opendsr/requests/{Number}", UriKind.Relative);

        var status = await controller.GetAsync(path);
        Assert.Equal("pending", JsonDocument.Parse(await status.Content.ReadAsStringAsync()).RootElement.GetProperty("request_status").GetString());
        Assert.True(OpenDsrSigner.Verify(await CertificateAsync(hub), await status.Content.ReadAsByteArrayAsync(), Header(status, "X-OpenDSR-Signature")));
        Assert.Equal(HttpStatusCode.NotFound, (await other.GetAsync(path)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await other.DeleteAsync(path)).StatusCode);
        Assert.Equal(HttpStatusCode.Accepted, (await controller.DeleteAsync(path)).StatusCode);
        Assert.Equal(HttpStatusCode.Accepted, (await controller.DeleteAsync(path)).StatusCode);
        Assert.Contains("cancelled", await (await controller.GetAsync(path)).Content.ReadAsStringAsync(), StringComparison.Ordinal);
        await ProblemAssert.IsAsync(HttpStatusCode.Forbidden, "forbidden", await controller.GetAsync(new Uri("api/privacy/requests", UriKind.Relative)));
        await ProblemAssert.IsAsync(HttpStatusCode.Forbidden, "forbidden", await controller.GetAsync(new Uri("api/records/search?q=x", UriKind.Relative)));
    }

    [Theory]
    [InlineData("{", "no JSON")]
    [InlineData("[]", "JSON object")]
    [InlineData("""{"subject_request_type":"erasure","submitted_time":"2026-03-01T00:00:00Z","subject_identities":[{"identity_type":"email","identity_value":"secret@one.example","identity_format":"raw"}]}""", "subject_request_id")]
    [InlineData("""{"subject_request_id":"a7551968-d5d6-44b2-9831-815ac9017798","subject_request_type":"forget","submitted_time":"2026-03-01T00:00:00Z","subject_identities":[{"identity_type":"email","identity_value":"secret@one.example","identity_format":"raw"}]}""", "subject_request_type")]
    [InlineData("""{"subject_request_id":"a7551968-d5d6-44b2-9831-815ac9017798","subject_request_type":"erasure","submitted_time":"2026-03-01T00:00:00Z","subject_identities":[{"identity_type":"roku_publisher_id","identity_value":"secret","identity_format":"raw"}]}""", "subject_identities")]
    [InlineData("""{"subject_request_id":"a7551968-d5d6-44b2-9831-815ac9017798","subject_request_type":"erasure","submitted_time":"2026-03-01T00:00:00Z","subject_identities":[{"identity_type":"email","identity_value":"secret","identity_format":"raw"}]}""", "subject_identities")]
    [InlineData("""{"subject_request_id":"a7551968-d5d6-44b2-9831-815ac9017798","subject_request_type":"erasure","submitted_time":"2026-03-01T00:00:00Z","status_callback_urls":["http://169.254.169.254/latest"],"subject_identities":[{"identity_type":"email","identity_value":"secret@one.example","identity_format":"raw"}]}""", "status_callback_urls[0]")]
    public async Task What_cannot_be_used_is_refused_in_the_specifications_form_and_not_repeated(string body, string names)
    {
        await using var hub = await WebHub.StartAsync(privacy: Settings);
        using var controller = await hub.SomebodyAsync(Role.Controller);

        var response = await PostAsync(controller, body);
        var text = await response.Content.ReadAsStringAsync();

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal(400, JsonDocument.Parse(text).RootElement.GetProperty("error").GetProperty("code").GetInt32());
        Assert.Contains(names, WebUtility.HtmlDecode(text).Replace("\\u0027", "'", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.DoesNotContain("secret", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Identities_may_come_as_an_object_by_type_too()
    {
        await using var hub = await StartAsync();
        using var controller = await hub.SomebodyAsync(Role.Controller);

        var response = await PostAsync(controller, $$"""{"regulation":"ccpa","subject_request_id":"{{Number}}","subject_request_type":"access","submitted_time":"2026-03-01T00:00:00Z","subject_identities":{"email":{"value":"ada@lovelace.example","encoding":"raw"} } }""");

        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        Assert.Equal("us-ca-ccpa/US-CA", (await hub.Get<RequestInbox>().ListAsync(CancellationToken.None))[0].Request.Laws.Single());
    }

    [Theory]
    [InlineData("api/opendsr/opendsr_requests")]
    [InlineData("api/opendsr/v2/opendsr_requests")]
    [InlineData("api/opendsr/v1/opengdpr_requests")]
    [InlineData("api/opendsr/v1/opencompliance_requests")]
    public async Task The_paths_of_the_specification_and_of_its_former_names_lead_to_the_same(string path)
    {
        await using var hub = await StartAsync();
        using var controller = await hub.SomebodyAsync(Role.Controller);

        var created = await controller.PostAsync(new Uri(path, UriKind.Relative), new StringContent(Body(), Encoding.UTF8, "application/json"));
        var own = await controller.GetStringAsync(new Uri($"api/opendsr/requests/{Number}", UriKind.Relative));

        Assert.Equal(HttpStatusCode.Created, created.StatusCode);
        Assert.Equal(own, await controller.GetStringAsync(new Uri($"{path}/{Number}", UriKind.Relative)));
        Assert.Equal(HttpStatusCode.Accepted, (await controller.DeleteAsync(new Uri($"{path}/{Number}", UriKind.Relative))).StatusCode);
        Assert.Equal(await hub.Anonymous.GetStringAsync(new Uri("api/opendsr/discovery", UriKind.Relative)), await hub.Anonymous.GetStringAsync(new Uri("api/opendsr/v2/discovery", UriKind.Relative)));
        Assert.Equal(HttpStatusCode.Unauthorized, (await hub.Anonymous.GetAsync(new Uri($"{path}/{Number}", UriKind.Relative))).StatusCode);
    }

    [Theory]
    [InlineData("OpenGDPR")]
    [InlineData("OpenCompliance")]
    public async Task Headers_and_version_are_as_configured_since_controllers_differ(string prefix)
    {
        await using var hub = await WebHub.StartAsync(privacy: PrivacySettings.Default with { OpenDsr = new("opendsr.hub.example") { HeaderPrefix = prefix, ApiVersion = "1.0", GdprPlace = "DE" } });
        using var controller = await hub.SomebodyAsync(Role.Controller);

        var created = await PostAsync(controller, Body());

        Assert.Equal("opendsr.hub.example", Header(created, $"X-{prefix}-Processor-Domain"));
        Assert.True(OpenDsrSigner.Verify(await CertificateAsync(hub), await created.Content.ReadAsByteArrayAsync(), Header(created, $"X-{prefix}-Signature")));
        Assert.Contains("\"api_version\":\"1.0\"", await controller.GetStringAsync(new Uri($"api/opendsr/requests/{Number}", UriKind.Relative)), StringComparison.Ordinal);
        Assert.Equal("eu-gdpr/DE", (await hub.Get<RequestInbox>().ListAsync(CancellationToken.None))[0].Request.Laws.Single());
    }

    [Fact]
    public async Task A_certificate_that_the_hub_made_itself_is_made_anew_before_it_ends()
    {
        await using var hub = await StartAsync();
        var first = await CertificateAsync(hub);
        Assert.Equal(first, await CertificateAsync(hub));

        hub.Parts.Time.Advance(TimeSpan.FromDays(701));

        Assert.NotEqual(first, await CertificateAsync(hub));
        Assert.Empty((await hub.Get<OpenDsrSigner>().ExamineAsync(CancellationToken.None)).Remarks);
    }

    [Fact]
    public async Task Callbacks_are_signed_and_repeated_until_they_are_taken()
    {
        await using var receiver = await Receiver.StartAsync();
        await using var hub = await StartAsync();
        using var controller = await hub.SomebodyAsync(Role.Controller);
        Assert.Equal(HttpStatusCode.Created, (await PostAsync(controller, Body(callback: receiver.Address.ToString()))).StatusCode);
        receiver.Answers = 500;

        await TickAsync(hub);
        Assert.Empty(receiver.Posts); // nothing moved yet
        await hub.Get<RequestDesk>().DenyAsync((await hub.Get<RequestInbox>().ListAsync(CancellationToken.None))[0].Request.Id, "olga", "manifestly unfounded", "Write to us.", CancellationToken.None);
        await TickAsync(hub);
        receiver.Answers = 200;
        await TickAsync(hub); // too soon to try again
        hub.Parts.Time.Advance(TimeSpan.FromMinutes(1));
        await TickAsync(hub);
        hub.Parts.Time.Advance(TimeSpan.FromMinutes(10));
        await TickAsync(hub);

        Assert.Equal(2, receiver.Posts.Count);
        var post = receiver.Posts.Last();
        Assert.Equal("opendsr.hub.example", post.Headers["X-OpenDSR-Processor-Domain"]);
        Assert.True(OpenDsrSigner.Verify(await CertificateAsync(hub), post.Body, post.Headers["X-OpenDSR-Signature"]));
        var said = JsonDocument.Parse(post.Body).RootElement;
        Assert.Equal(("cancelled", Number, receiver.Address.ToString()), (said.GetProperty("request_status").GetString(), said.GetProperty("subject_request_id").GetString(), said.GetProperty("status_callback_url").GetString()));
        Assert.Empty(await hub.Get<NoticeOutbox>().ListAsync(CancellationToken.None));
    }

    [Fact]
    public async Task Without_its_section_there_is_no_such_thing()
    {
        await using var hub = await WebHub.StartAsync();
        using var controller = await hub.SomebodyAsync(Role.Controller);

        Assert.Equal(HttpStatusCode.NotFound, (await hub.Anonymous.GetAsync(new Uri("api/opendsr/discovery", UriKind.Relative))).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await PostAsync(controller, Body())).StatusCode);
    }

    private static Task<WebHub> StartAsync() => WebHub.StartAsync(privacy: Settings, services: services => services.AddSingleton(new OutboundOptions(AllowPrivate: true)));

    private static Task TickAsync(WebHub hub) => hub.Get<IEnumerable<ITimerHandler>>().OfType<NoticeTimer>().Single().RunAsync(CancellationToken.None);

    private static Task<string> CertificateAsync(WebHub hub) => hub.Anonymous.GetStringAsync(new Uri("api/opendsr/certificate.pem", UriKind.Relative));

    private static Task<HttpResponseMessage> PostAsync(HttpClient controller, string body) =>
        controller.PostAsync(new Uri("api/opendsr/requests", UriKind.Relative), new StringContent(body, Encoding.UTF8, "application/json"));

    private static string Header(HttpResponseMessage response, string name) => response.Headers.GetValues(name).Single();

    private static string Body(string type = "erasure", string? callback = null) => JsonSerializer.Serialize(new Dictionary<string, object?>
    {
        ["regulation"] = "gdpr",
        ["subject_request_id"] = Number,
        ["subject_request_type"] = type,
        ["submitted_time"] = "2026-03-01T15:00:00Z",
        ["subject_identities"] = new[] { new { identity_type = "email", identity_value = "ada@lovelace.example", identity_format = "raw" } },
        ["status_callback_urls"] = callback is null ? [] : new[] { callback },
    });
}
