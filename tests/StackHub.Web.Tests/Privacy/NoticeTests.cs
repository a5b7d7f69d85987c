using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using StackHub.Permissions;
using StackHub.Privacy.Notices;
using StackHub.Privacy.Tasks;
using StackHub.Privacy.Verification;
using StackHub.Triggers;
using StackHub.Web.Tests.Hosting;
using StackHub.Web.Tests.Intake;
using StackHub.Web.Tests.OpenDsr;

namespace StackHub.Web.Tests.Privacy;

/// <summary>What the configured webhook is told.</summary>
public sealed class NoticeTests : IDisposable
{
    private const string Variable = "STACKHUB_TEST_NOTIFY_SECRET";
    private static readonly byte[] Key = [.. Enumerable.Range(1, 32).Select(value => (byte)value)];

    public NoticeTests() => Environment.SetEnvironmentVariable(Variable, $"whsec_{Convert.ToBase64String(Key)}");

    [Fact]
    public async Task A_code_goes_to_the_webhook_signed_and_nowhere_else()
    {
        await using var receiver = await Receiver.StartAsync();
        await using var hub = await StartAsync(receiver);
        using var visit = new PublicVisit(hub);

        await visit.FileAsync("ada@lovelace.example");

        var post = Assert.Single(receiver.Posts);
        Assert.Equal(SignatureOf(post), post.Headers["webhook-signature"]);
        var data = JsonDocument.Parse(post.Body).RootElement.GetProperty("data");
        Assert.Equal("ada@lovelace.example", data.GetProperty("address").GetString());
        Assert.Equal(8, data.GetProperty("code").GetString()!.Length);
        Assert.Empty(await visit.CodesAsync());
    }

    [Fact]
    public async Task A_receiver_that_is_down_changes_no_answer_and_gets_the_code_later()
    {
        await using var receiver = await Receiver.StartAsync();
        await using var hub = await StartAsync(receiver);
        using var visit = new PublicVisit(hub);
        receiver.Answers = 503;

        Assert.Equal(System.Net.HttpStatusCode.SeeOther, (await visit.FileAsync("ada@lovelace.example")).StatusCode);
        receiver.Answers = 200;
        hub.Parts.Time.Advance(TimeSpan.FromMinutes(1));
        await hub.Get<CodeDelivery>().SendPendingAsync(CancellationToken.None);

        Assert.Equal(2, receiver.Posts.Count);
        Assert.Single(receiver.Posts.Select(post => post.Headers["webhook-id"]).Distinct());
    }

    [Fact]
    public async Task An_overdue_request_that_nobody_verified_is_told_once_a_day_by_its_number()
    {
        await using var receiver = await Receiver.StartAsync();
        await using var desk = await PrivacyDesk.OpenAsync(Settings(receiver));
        var id = await desk.SubmitAsync("erasure");
        desk.Hub.Parts.Time.Advance(TimeSpan.FromDays(40));

        for (var tick = 0; tick < 2; tick++)
        {
            await desk.Hub.Get<IEnumerable<ITimerHandler>>().OfType<PrivacyTimer>().Single().RunAsync(CancellationToken.None);
            await TickAsync(desk.Hub);
        }

        Assert.Equal([("privacy.officer-needed", id), ("privacy.overdue", id)], receiver.Posts.Select(Told).Order());
        Assert.All(receiver.Posts, post =>
        {
            Assert.Equal(SignatureOf(post), post.Headers["webhook-signature"]);
            Assert.DoesNotContain("lovelace", Encoding.UTF8.GetString(post.Body), StringComparison.OrdinalIgnoreCase);
        });

        static (string?, string?) Told(ReceivedPost post) => JsonDocument.Parse(post.Body).RootElement is var told ? (told.GetProperty("type").GetString(), told.GetProperty("data").GetProperty("request").GetString()) : default;
    }

    [Fact]
    public async Task What_is_not_taken_waits_longer_each_time()
    {
        await using var receiver = await Receiver.StartAsync();
        await using var hub = await StartAsync(receiver);
        receiver.Answers = 500;
        await hub.Get<NoticeOutbox>().AddAsync(new("n1", "privacy.overdue", "{}"), CancellationToken.None);

        await TickAsync(hub);
        hub.Parts.Time.Advance(TimeSpan.FromSeconds(29));
        await TickAsync(hub);
        Assert.Single(receiver.Posts);
        hub.Parts.Time.Advance(TimeSpan.FromSeconds(1));
        await TickAsync(hub);
        Assert.Equal(2, receiver.Posts.Count);
        receiver.Answers = 200;
        hub.Parts.Time.Advance(TimeSpan.FromMinutes(1));
        await TickAsync(hub);

        Assert.Equal(3, receiver.Posts.Count);
        Assert.False(await hub.Get<NoticeOutbox>().AddAsync(new("n1", "privacy.overdue", "{}"), CancellationToken.None));
    }

    public void Dispose() => Environment.SetEnvironmentVariable(Variable, null);

    private static PrivacySettings Settings(Receiver receiver) => PrivacySettings.Default with { Notify = new(receiver.Address, $"env:{Variable}") };

    private static Task<WebHub> StartAsync(Receiver receiver) => WebHub.StartAsync(privacy: Settings(receiver));

    private static Task TickAsync(WebHub hub) => hub.Get<IEnumerable<ITimerHandler>>().OfType<NoticeTimer>().Single().RunAsync(CancellationToken.None);

    private static string SignatureOf(ReceivedPost post) =>
        $"v1,{Convert.ToBase64String(HMACSHA256.HashData(Key, Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{post.Headers["webhook-id"]}.{post.Headers["webhook-timestamp"]}.{Encoding.UTF8.GetString(post.Body)}"))))}";
}
