using System.Diagnostics;
using System.Net;
using StackHub.Functions.Tests.Staging;
using StackHub.Testing.Azurite;

namespace StackHub.Functions.Tests;

public sealed class HandlerTests(AzuriteServer azurite)
{
    [Fact]
    public async Task Only_the_host_itself_can_start_a_function()
    {
        await using var stage = await CloudStage.StartAsync(azurite, people: 1);
        var host = await stage.StartHostAsync();
        var handler = await host.HandlerAddressAsync(CloudStage.Token);

        foreach (var function in host.Functions.Except(["api", "console", "hooks", "healthz", "privacy", "privacy-form"])) // pages of the world are at privacy/
        {
            Assert.Equal(HttpStatusCode.NotFound, await stage.StatusAsync(Post(new(stage.Address, function))));
            Assert.Equal(HttpStatusCode.NotFound, await stage.StatusAsync(Post(new(handler, function), ("X-Forwarded-For", "203.0.113.9"))));
            Assert.Equal(HttpStatusCode.NotFound, await stage.StatusAsync(Post(new(handler, function), ("x-forwarded-host", "hub.example"))));
            Assert.Equal(HttpStatusCode.NotFound, await stage.StatusAsync(Post(new(handler, function), ("Host", "hub.example"))));
        }
        Assert.Equal(HttpStatusCode.BadRequest, await stage.StatusAsync(Post(new(handler, "push"))));
        Assert.Equal(HttpStatusCode.OK, await stage.StatusAsync(Post(new(handler, "sweep"))));
    }

    [Fact]
    public async Task A_host_that_does_not_pass_requests_on_is_told_that_it_is_too_old()
    {
        await using var stage = await CloudStage.StartAsync(azurite, people: 1);
        var host = await stage.StartHostAsync();

        Assert.Equal(HttpStatusCode.InternalServerError, await stage.StatusAsync(Post(new(await host.HandlerAddressAsync(CloudStage.Token), "api"))));
    }

    [Fact]
    public async Task The_world_reaches_the_web_part_through_the_host()
    {
        await using var stage = await CloudStage.StartAsync(azurite, people: 1);
        await stage.StartHostAsync();

        Assert.Equal(HttpStatusCode.OK, await stage.StatusAsync(new(HttpMethod.Get, new Uri(stage.Address, "healthz"))));
        Assert.Equal(HttpStatusCode.OK, await stage.StatusAsync(new(HttpMethod.Get, new Uri(stage.Address, "console/"))));
        Assert.Equal(HttpStatusCode.OK, await stage.StatusAsync(new(HttpMethod.Get, new Uri(stage.Address, "api/systems"))));
        Assert.Equal(HttpStatusCode.Unauthorized, await stage.StatusAsync(Post(new(stage.Address, "hooks/hubspot"), ("Content-Type", "application/json"))));
    }

    [Fact]
    public async Task Every_timer_runs_and_the_feeds_are_read_when_they_are_due()
    {
        await using var stage = await CloudStage.StartAsync(azurite);
        var host = await stage.StartHostAsync();
        await stage.OnboardAsync();
        await stage.SyncAsync();
        stage.Sandbox.Salesforce.Webhooks.Target = null;
        var person = (await stage.EverywhereAsync())[0];

        stage.EditTitle("salesforce", person, "Told by the feed");
        await stage.UntilAsync("the feed", async () =>
        {
            Assert.True(await host.FireAsync("poll", CloudStage.Token));
            return stage.TitleIn("hubspot", person) == "Told by the feed";
        });

        Assert.True(await host.FireAsync("sweep", CloudStage.Token));
        Assert.True(await host.FireAsync("idempotency", CloudStage.Token));
        Assert.True(await host.FireAsync("reconcile", CloudStage.Token));
    }

    [Fact]
    public async Task Without_a_host_it_says_what_to_do()
    {
        var (exitCode, error) = await StartAsync();

        Assert.Equal(1, exitCode);
        Assert.Contains("func start", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("STACKHUB_STORAGE", "")]
    [InlineData("STACKHUB_KEY", "")]
    [InlineData("STACKHUB_KEY", "c2hvcnQ=")]
    [InlineData("STACKHUB_CONFIG", "/nowhere/stackhub.yaml")]
    public async Task A_setting_that_is_missing_or_wrong_is_named_and_the_process_ends_with_an_error(string setting, string value)
    {
        var config = Path.GetTempFileName();
        await File.WriteAllTextAsync(config, "systems: {}", CloudStage.Token);

        var (exitCode, error) = await StartAsync(
            ("FUNCTIONS_CUSTOMHANDLER_PORT", "1"), ("STACKHUB_STORAGE", "UseDevelopmentStorage=true"), ("STACKHUB_KEY", Convert.ToBase64String(new byte[32])), ("STACKHUB_CONFIG", config), (setting, value));

        File.Delete(config);
        Assert.Equal(1, exitCode);
        Assert.Contains(setting, error, StringComparison.Ordinal);
    }

    private static HttpRequestMessage Post(Uri address, params (string Name, string Value)[] headers)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = new StringContent("{}", null, "application/json") };
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        return request;
    }

    private static async Task<(int ExitCode, string Error)> StartAsync(params (string Name, string Value)[] settings)
    {
        var start = new ProcessStartInfo(Path.Combine(AppFolder.Built, "StackHub.Functions")) { RedirectStandardError = true, RedirectStandardOutput = true };
        foreach (var (name, value) in settings)
            start.Environment[name] = value;
        using var process = Process.Start(start)!;
        var error = await process.StandardError.ReadToEndAsync(CloudStage.Token);
        await process.WaitForExitAsync(CloudStage.Token);
        return (process.ExitCode, error);
    }
}
