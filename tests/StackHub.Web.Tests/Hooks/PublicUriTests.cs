using StackHub.Web.Tests.Hosting;

namespace StackHub.Web.Tests.Hooks;

public sealed class PublicUriTests
{
    [Theory]
    [InlineData("https://hub.example", "hooks/crm", "https://hub.example/hooks/crm")]
    [InlineData("https://hub.example/", "hooks/crm/s3cret", "https://hub.example/hooks/crm/s3cret")]
    [InlineData("https://hub.example/stack/hub/", "hooks/crm?a=%2F%20b&c=%C3%BC", "https://hub.example/stack/hub/hooks/crm?a=%2F%20b&c=%C3%BC")]
    [InlineData("https://hub.example:8443", "hooks/crm?next=/hooks/other", "https://hub.example:8443/hooks/crm?next=/hooks/other")]
    public async Task With_a_public_base_it_is_that_and_the_path_as_it_came(string publicBase, string path, string expected)
    {
        await using var hub = await WebHub.StartAsync(publicBase: new(publicBase));

        await hub.HookAsync(path, headers: [("X-Forwarded-Host", "evil.example"), ("X-Forwarded-Proto", "ftp")]);

        Assert.Equal(expected, hub.Connector(WebHub.Crm).Hooks.Last!.Uri);
    }

    [Fact]
    public async Task Without_one_it_is_the_address_that_was_called()
    {
        await using var hub = await WebHub.StartAsync();

        await hub.HookAsync("hooks/crm?x=1");

        Assert.Equal(new Uri(hub.Address, "hooks/crm?x=1").AbsoluteUri, hub.Connector(WebHub.Crm).Hooks.Last!.Uri);
    }

    [Fact]
    public async Task Behind_a_proxy_it_is_the_address_the_proxy_was_called_by()
    {
        await using var hub = await WebHub.StartAsync();

        await hub.HookAsync("hooks/crm/token?x=1", headers: [("X-Forwarded-Host", "hub.example, inner.example"), ("X-Forwarded-Proto", "https")]);

        Assert.Equal("https://hub.example/hooks/crm/token?x=1", hub.Connector(WebHub.Crm).Hooks.Last!.Uri);
    }
}
