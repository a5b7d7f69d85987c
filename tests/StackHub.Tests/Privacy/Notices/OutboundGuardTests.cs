using System.Net;
using StackHub.Privacy.Notices;

namespace StackHub.Tests.Privacy.Notices;

public sealed class OutboundGuardTests
{
    [Theory]
    [InlineData("https://controller.example/callbacks")]
    [InlineData("https://controller.example:8443/a?b=c")]
    [InlineData("https://93.184.215.14/callbacks")]
    [InlineData("https://[2606:2800:21f:cb07:6820:80da:af6b:8b2c]/")]
    public void The_public_internet_may_be_called(string address) => Assert.Null(OutboundGuard.Problem(new(address), new()));

    [Theory]
    [InlineData("http://controller.example/")]
    [InlineData("ftp://controller.example/")]
    [InlineData("https://user:secret@controller.example/")]
    [InlineData("https://controller.example/#x")]
    [InlineData("https://localhost/")]
    [InlineData("https://hub/")]
    [InlineData("https://db.internal/")]
    [InlineData("https://127.0.0.1/")]
    [InlineData("https://127.1/")]
    [InlineData("https://2130706433/")]
    [InlineData("https://0x7f000001/")]
    [InlineData("https://10.1.2.3/")]
    [InlineData("https://172.20.0.1/")]
    [InlineData("https://192.168.1.1/")]
    [InlineData("https://100.64.0.1/")]
    [InlineData("https://169.254.169.254/latest/meta-data")]
    [InlineData("https://0.0.0.0/")]
    [InlineData("https://[::1]/")]
    [InlineData("https://[::ffff:10.0.0.1]/")]
    [InlineData("https://[fe80::1]/")]
    [InlineData("https://[fd00::1]/")]
    [InlineData("https://[2002:0a00:0001::]/")]
    [InlineData("https://[64:ff9b::a00:1]/")]
    public void Nothing_else_may(string address) => Assert.NotNull(OutboundGuard.Problem(new(address), new()));

    [Fact]
    public void Tests_may_call_this_machine() => Assert.Null(OutboundGuard.Problem(new("http://127.0.0.1:4711/"), new(AllowPrivate: true)));

    [Theory]
    [InlineData("8.8.8.8", true)]
    [InlineData("224.0.0.1", false)]
    [InlineData("255.255.255.255", false)]
    [InlineData("198.18.0.1", false)]
    [InlineData("203.0.113.9", false)]
    [InlineData("2001:db8::1", false)]
    [InlineData("2001::1", false)]
    public void An_address_is_public_or_not(string address, bool expected) => Assert.Equal(expected, OutboundGuard.IsPublic(IPAddress.Parse(address)));

    [Fact]
    public async Task A_name_that_leads_home_is_not_connected_to()
    {
        using var http = new OutboundHttp(new());

        await Assert.ThrowsAsync<HttpRequestException>(() => http.Strangers.GetAsync(new Uri("https://localhost:9/"), TestContext.Current.CancellationToken));
    }

    [Fact]
    public void Waiting_doubles_and_ends()
    {
        var since = new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

        Assert.Equal(since.AddSeconds(30), NoticeSchedule.Next(1, since, since));
        Assert.Equal(since.AddSeconds(60), NoticeSchedule.Next(2, since, since));
        Assert.Equal(since.AddHours(6), NoticeSchedule.Next(40, since, since));
        Assert.Null(NoticeSchedule.Next(41, since, since.AddDays(3)));
    }
}
