using System.Net;
using StackHub.Storage;
using StackHub.Web.Tests.Hosting;
using StackHub.Webhooks;

namespace StackHub.Web.Tests.Hooks;

public sealed class HookTests
{
    private const string Value = "ada@lovelace.example";

    [Fact]
    public async Task A_signed_webhook_is_queued_and_answered_as_the_vendor_expects()
    {
        await using var hub = await WebHub.StartAsync();

        var response = await hub.HookAsync("hooks/crm", "{\"touched\":1}");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("text/xml", response.Content.Headers.ContentType!.MediaType);
        Assert.Equal("<Ack>ü</Ack>", await response.Content.ReadAsStringAsync());
        Assert.Equal(1, await hub.Parts.Queue.CountAsync(Queues.Inbound, CancellationToken.None));
    }

    [Fact]
    public async Task What_is_queued_is_sealed()
    {
        await using var hub = await WebHub.StartAsync();

        await hub.HookAsync("hooks/crm", $"{{\"email\":\"{Value}\"}}");

        var message = Assert.Single(await hub.Parts.Queue.PeekAsync(Queues.Inbound, 1, CancellationToken.None));
        Assert.DoesNotContain(Value, message.Body, StringComparison.Ordinal);
        Assert.Contains("crm", message.Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("application/json")]
    [InlineData("application/json; charset=utf-8")]
    [InlineData("Application/JSON")]
    [InlineData("text/json")]
    [InlineData("application/vnd.vendor+json")]
    [InlineData("text/xml; charset=UTF-8")]
    [InlineData("application/xml")]
    [InlineData("application/soap+xml; action=\"x\"")]
    public async Task Vendors_content_types_are_taken(string contentType)
    {
        await using var hub = await WebHub.StartAsync();

        Assert.Equal(HttpStatusCode.OK, (await hub.HookAsync("hooks/crm", contentType: contentType)).StatusCode);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("text/html")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("multipart/form-data; boundary=json")]
    [InlineData("image/svg+xml")]
    [InlineData("json")]
    public async Task Other_content_types_are_refused(string? contentType)
    {
        await using var hub = await WebHub.StartAsync();

        await ProblemAssert.IsAsync(HttpStatusCode.UnsupportedMediaType, "wrong-content-type", await hub.HookAsync("hooks/crm", contentType: contentType));
        Assert.Equal(0, await hub.Parts.Queue.CountAsync(Queues.Inbound, CancellationToken.None));
    }

    [Theory]
    [InlineData(null, "signature-missing")]
    [InlineData("wrong", "signature-mismatch")]
    public async Task An_unproved_webhook_is_refused_and_not_kept(string? signature, string code)
    {
        await using var hub = await WebHub.StartAsync();

        var response = await hub.HookAsync("hooks/crm", Value, signature: signature);

        var problem = await ProblemAssert.IsAsync(HttpStatusCode.Unauthorized, code, response);
        Assert.DoesNotContain(Value, problem.ToString(), StringComparison.Ordinal);
        Assert.Equal(0, await hub.Parts.Queue.CountAsync(Queues.Inbound, CancellationToken.None));
    }

    [Theory]
    [InlineData("malformed")]
    [InlineData("no key")]
    public async Task A_malformed_body_is_refused_without_its_values(string body)
    {
        await using var hub = await WebHub.StartAsync();

        var response = await hub.HookAsync("hooks/crm", $"{body} {Value}");

        var problem = await ProblemAssert.IsAsync(HttpStatusCode.BadRequest, "malformed", response);
        Assert.DoesNotContain(Value, problem.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_repeated_delivery_is_accepted_and_queued_once()
    {
        await using var hub = await WebHub.StartAsync();

        for (var time = 0; time < 3; time++)
            Assert.Equal(HttpStatusCode.OK, (await hub.HookAsync("hooks/crm", headers: ("X-Delivery", "d-1"))).StatusCode);

        Assert.Equal(1, await hub.Parts.Queue.CountAsync(Queues.Inbound, CancellationToken.None));
    }

    [Fact]
    public async Task One_that_says_nothing_is_accepted_and_not_queued()
    {
        await using var hub = await WebHub.StartAsync();

        Assert.Equal(HttpStatusCode.OK, (await hub.HookAsync("hooks/crm", "nothing")).StatusCode);
        Assert.Equal(0, await hub.Parts.Queue.CountAsync(Queues.Inbound, CancellationToken.None));
    }

    [Theory]
    [InlineData("hooks/nobody", "unknown-system")]
    [InlineData("hooks/quiet", "no-webhooks")]
    [InlineData("hooks/%0d%0a%F0%9F%98%80", "unknown-system")]
    [InlineData("hooks/crm/token/more", "no-such-route")]
    [InlineData("hooks", "no-such-route")]
    public async Task Nobodys_webhook_is_not_found(string path, string code)
    {
        await using var hub = await WebHub.StartAsync();

        await ProblemAssert.IsAsync(HttpStatusCode.NotFound, code, await hub.HookAsync(path));
    }

    [Fact]
    public async Task A_look_at_a_hook_is_answered_with_the_right_method()
    {
        await using var hub = await WebHub.StartAsync();

        var response = await hub.Anonymous.GetAsync(new Uri("hooks/crm", UriKind.Relative));

        await ProblemAssert.IsAsync(HttpStatusCode.MethodNotAllowed, "wrong-method", response);
        Assert.Equal(["POST"], response.Content.Headers.Allow);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(70_000)]
    [InlineData(WebhookIntake.MaxBodyBytes)]
    public async Task A_body_arrives_whole_whatever_its_size(int size)
    {
        await using var hub = await WebHub.StartAsync();
        var body = string.Create(size, 0, (text, _) => { for (var i = 0; i < text.Length; i++) text[i] = (char)('a' + i % 26); });

        var response = await hub.HookAsync("hooks/crm", body);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(body, hub.Connector(WebHub.Crm).Hooks.LastBody);
    }

    [Fact]
    public async Task A_body_over_the_limit_is_refused_before_it_is_read()
    {
        await using var hub = await WebHub.StartAsync();

        var response = await hub.HookAsync("hooks/crm", new string('a', WebhookIntake.MaxBodyBytes + 1));

        await ProblemAssert.IsAsync(HttpStatusCode.RequestEntityTooLarge, "body-too-large", response);
    }

    [Fact]
    public async Task A_body_over_the_limit_that_hides_its_length_is_refused()
    {
        await using var hub = await WebHub.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri("hooks/crm", UriKind.Relative)) { Content = new StreamContent(new MemoryStream(new byte[WebhookIntake.MaxBodyBytes + 100])) };
        request.Content.Headers.ContentType = new("application/json");
        request.Headers.TransferEncodingChunked = true;

        await ProblemAssert.IsAsync(HttpStatusCode.RequestEntityTooLarge, "body-too-large", await hub.Anonymous.SendAsync(request));
        Assert.Null(hub.Connector(WebHub.Crm).Hooks.Last);
    }

    [Fact]
    public async Task A_store_that_is_down_makes_the_vendor_send_again()
    {
        await using var hub = await WebHub.StartAsync();
        hub.Parts.Break();

        var response = await hub.HookAsync("hooks/crm", headers: ("X-Delivery", "d-1"));

        var problem = await ProblemAssert.IsAsync(HttpStatusCode.ServiceUnavailable, "not-stored", response);
        Assert.Equal(TimeSpan.FromSeconds(5), response.Headers.RetryAfter!.Delta);
        Assert.DoesNotContain("lovelace", problem + string.Concat(hub.Parts.Log.Lines), StringComparison.Ordinal);
        Assert.Contains(hub.Parts.Log.Lines, line => line.Contains("IOException", StringComparison.Ordinal));
    }

    [Fact]
    public async Task One_that_was_not_stored_is_taken_when_it_comes_again()
    {
        await using var hub = await WebHub.StartAsync();
        hub.Parts.Break();
        await hub.HookAsync("hooks/crm", headers: ("X-Delivery", "d-1"));
        hub.Parts.Queue.Before = null;

        Assert.Equal(HttpStatusCode.OK, (await hub.HookAsync("hooks/crm", headers: ("X-Delivery", "d-1"))).StatusCode);
        Assert.Equal(1, await hub.Parts.Queue.CountAsync(Queues.Inbound, CancellationToken.None));
    }

    [Fact]
    public async Task Headers_are_found_by_lower_case_name_and_first_value()
    {
        await using var hub = await WebHub.StartAsync();

        await hub.HookAsync("hooks/crm", headers: [("X-Twice", "one"), ("X-Twice", "two")]);

        var headers = hub.Connector(WebHub.Crm).Hooks.Last!.Headers;
        Assert.True(headers.ContainsKey("content-type"));
        Assert.StartsWith("one", headers["x-twice"], StringComparison.Ordinal);
        Assert.Equal(headers.Keys, headers.Select(header => header.Key.ToLowerInvariant()));
        Assert.Throws<KeyNotFoundException>(() => headers["x-none"]);
    }

    [Fact]
    public async Task Nothing_is_logged_on_the_normal_path()
    {
        await using var hub = await WebHub.StartAsync();
        hub.Parts.Log.Lines.Clear();

        await hub.HookAsync("hooks/crm");

        Assert.Empty(hub.Parts.Log.Lines);
    }
}
