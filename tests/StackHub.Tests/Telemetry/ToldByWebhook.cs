using StackHub.Connecting;
using StackHub.Testing.Connecting;
using StackHub.Testing.Sync;
using StackHub.Webhooks;

namespace StackHub.Tests.Telemetry;

/// <summary>A hub of three systems that agree, told of changes by webhook as in production.</summary>
internal sealed class ToldByWebhook : IAsyncDisposable
{
    private readonly FakeWebhooks webhooks = new();

    private ToldByWebhook()
    {
        var time = new AdjustableTime();
        Crm = new("crm", time) { Webhooks = webhooks };
        Marketing = new("marketing", time);
        Hub = new([Crm, Marketing, new("support", time)], time);
    }

    public FakeSystem Crm { get; }

    public FakeSystem Marketing { get; }

    public HubHarness Hub { get; }

    public List<string> People { get; } = [];

    public static async Task<ToldByWebhook> OfAsync(params IReadOnlyList<(string First, string Last, string Mail)> people)
    {
        var scene = new ToldByWebhook();
        foreach (var (first, last, mail) in people)
            scene.People.Add(scene.Crm.Create("people", ("mail", mail), ("first", first), ("last", last), ("job", "CTO")));
        await scene.Hub.OnboardAsync();
        await scene.Hub.SettleAsync();
        return scene;
    }

    /// <summary>Takes every edit in as a webhook of its own.</summary>
    public async Task DeliverAsync()
    {
        foreach (var change in Edits())
            Assert.IsType<IntakeAnswer.Accepted>(await Hub.Get<WebhookIntake>().TakeAsync("crm", webhooks.Delivery(change), CancellationToken.None));
    }

    public ValueTask DisposeAsync() => Hub.DisposeAsync();

    private Change[] Edits()
    {
        var edits = Crm.Edits.ToArray();
        Crm.Edits.Clear();
        return edits;
    }
}
