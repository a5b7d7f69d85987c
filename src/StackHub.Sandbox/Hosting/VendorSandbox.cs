using System.Text.Json;
using System.Text.Json.Nodes;
using StackHub.Sandbox.Faults;
using StackHub.Sandbox.Limits;
using StackHub.Sandbox.Seeding;
using StackHub.Sandbox.Stats;
using StackHub.Sandbox.Webhooks;

namespace StackHub.Sandbox.Hosting;

/// <summary>A simulated vendor: its address, its switches, its statistics and its operations.</summary>
public abstract class VendorSandbox : IAsyncDisposable
{
    private readonly VendorListener listener;

    private protected VendorSandbox(string name, SandboxOptions options, VendorOptions vendor)
    {
        Name = name;
        Clock = new(options.Time, vendor.ClockSkew);
        Faults = new(options.Seed) { SearchLag = vendor.SearchLag };
        Stats = new(Clock);
        RetryAfter = new(Clock, vendor.RetryAfterGrace);
        Webhooks = new();
        Sender = new(this, options.Seed);
        listener = new(this, options.Ports.GetValueOrDefault(name));
    }

    public string Name { get; }

    public Uri BaseUrl => listener.Address;

    public VendorClock Clock { get; }

    public FaultSwitches Faults { get; }

    public WebhookSwitches Webhooks { get; }

    public VendorStats Stats { get; }

    /// <summary>Told of every request and its answer once the answer is written; a judge listens here.</summary>
    public event Action<Exchange>? Exchanged;

    internal bool IsOverheard => Exchanged is not null;

    internal void Tell(Exchange exchange) => Exchanged?.Invoke(exchange);

    /// <summary>Every read and write of the vendor's records happens under this lock.</summary>
    internal Lock Gate { get; } = new();

    internal RetryAfterWatch RetryAfter { get; }

    internal WebhookSender Sender { get; }

    /// <summary>Ends all access tokens at once.</summary>
    public abstract void ExpireTokens();

    /// <summary>What a client needs to be configured with, as the control API shows it.</summary>
    public abstract JsonObject Configuration { get; }

    /// <summary>A change by a person in the vendor's own pages: create, update, delete, merge, convert and so on.</summary>
    public abstract JsonNode? Edit(VendorEdit edit);

    /// <summary>One record as the vendor stores it, or null.</summary>
    public abstract JsonNode? Read(string type, string id);

    /// <summary>How many live records of each type there are.</summary>
    public abstract IReadOnlyDictionary<string, int> Counts { get; }

    /// <summary>Ends when no webhook waits any more, or when the time is over.</summary>
    public Task WebhooksDeliveredAsync(TimeSpan timeout, CancellationToken cancellationToken) =>
        Sender.DrainedAsync(timeout, cancellationToken);

    public long WebhooksWaiting => Sender.Waiting;

    public long WebhooksDelivered => Sender.Delivered;

    public long WebhookPosts => Sender.Posts;

    /// <summary>Events given up after the last attempt.</summary>
    public long WebhooksAbandoned => Sender.Abandoned;

    /// <summary>Fills the vendor with its part of the truth, and writes its ids there.</summary>
    internal abstract void Sow(Truth truth);

    /// <summary>Its part of the truth; null for the vendors that the truth is first made for.</summary>
    internal virtual SeedShare? Share => null;

    internal abstract IEnumerable<Endpoint> Endpoints { get; }

    /// <summary>Sign-in, version and limits: the refusal, or null when the call may pass.</summary>
    internal abstract Answer? Refuse(Call call);

    internal abstract Answer ServerError();

    internal abstract Answer Unavailable();

    internal abstract Answer Throttled(TimeSpan retryAfter);

    internal abstract Answer NotFound(string method, string path);

    internal abstract Answer BadJson(JsonException problem);

    internal abstract Answer BadContentType(string? contentType);

    /// <summary>Headers every answer carries, such as what is left of a quota.</summary>
    internal virtual Answer Stamp(Call call, Answer answer) => answer;

    /// <summary>The POST that carries these events, with the vendor's signature.</summary>
    internal abstract HttpRequestMessage Envelope(Uri target, IReadOnlyList<WebhookEvent> events, int attempt);

    /// <summary>Whether the receiver's answer means that it has taken the events.</summary>
    internal virtual bool IsAcknowledged(int status, string body) => status is >= 200 and < 300;

    internal virtual int WebhookBatch => 1;

    internal Task StartAsync(CancellationToken cancellationToken) => listener.StartAsync(cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await Sender.DisposeAsync();
        await listener.DisposeAsync();
        GC.SuppressFinalize(this);
    }
}
