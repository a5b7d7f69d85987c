using System.Threading.Channels;
using StackHub.Sandbox.Hosting;

namespace StackHub.Sandbox.Webhooks;

/// <summary>Carries a vendor's events to the receiver: batched, signed, retried, and as unreliable as switched.</summary>
internal sealed class WebhookSender : IAsyncDisposable
{
    private readonly VendorSandbox vendor;
    private readonly Random random;
    private readonly Channel<WebhookEvent> events = Channel.CreateUnbounded<WebhookEvent>();
    private readonly HttpClient http = new(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false });
    private readonly CancellationTokenSource stop = new();
    private readonly Task loop;
    private long waiting;
    private long delivered;
    private long posts;
    private long abandoned;

    public WebhookSender(VendorSandbox vendor, int seed)
    {
        this.vendor = vendor;
        random = new(seed + 1);
        loop = Task.Run(() => RunAsync(stop.Token));
    }

    public long Waiting => Interlocked.Read(ref waiting);

    public long Delivered => Interlocked.Read(ref delivered);

    public long Posts => Interlocked.Read(ref posts);

    /// <summary>Events given up after the last attempt.</summary>
    public long Abandoned => Interlocked.Read(ref abandoned);

    /// <summary>Called under the vendor's lock, so the draws repeat with the seed.</summary>
    public void Emit(WebhookEvent happened)
    {
        if (vendor.Webhooks is not { Target: not null, Enabled: true } switches)
            return;
        if (switches.Drops > 0 && random.NextDouble() < switches.Drops)
            return;
        Queue(happened);
        if (switches.Duplicates > 0 && random.NextDouble() < switches.Duplicates)
            Queue(new(happened.Topic, (System.Text.Json.Nodes.JsonObject)happened.Body.DeepClone()));
    }

    public async Task DrainedAsync(TimeSpan timeout, CancellationToken cancellationToken)
    {
        for (var waited = TimeSpan.Zero; Waiting > 0 && waited < timeout; waited += Pause)
            await Task.Delay(Pause, cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        try
        {
            await loop;
        }
        catch (OperationCanceledException) // stopping is the one way this loop ends
        {
            events.Writer.TryComplete();
        }

        http.Dispose();
        stop.Dispose();
    }

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(5);

    private void Queue(WebhookEvent happened)
    {
        Interlocked.Increment(ref waiting);
        events.Writer.TryWrite(happened);
    }

    private async Task RunAsync(CancellationToken cancellationToken)
    {
        var flights = new List<Task>();
        while (await events.Reader.WaitToReadAsync(cancellationToken))
        {
            if (vendor.Webhooks.Delay > TimeSpan.Zero)
                await Task.Delay(vendor.Webhooks.Delay, cancellationToken);
            foreach (var batch in Taken().Chunk(vendor.WebhookBatch))
            {
                flights.RemoveAll(flight => flight.IsCompleted);
                if (flights.Count >= vendor.Webhooks.Concurrency)
                    flights.Remove(await Task.WhenAny(flights));
                flights.Add(DeliverAsync(batch, cancellationToken));
            }
        }
    }

    private List<WebhookEvent> Taken()
    {
        var taken = new List<WebhookEvent>();
        while (taken.Count < 5 * vendor.WebhookBatch && events.Reader.TryRead(out var next))
            taken.Add(next);
        if (vendor.Webhooks.Shuffle)
        {
            for (var last = taken.Count - 1; last > 0; last--)
            {
                var other = random.Next(last + 1);
                (taken[last], taken[other]) = (taken[other], taken[last]);
            }
        }

        return taken;
    }

    private async Task DeliverAsync(WebhookEvent[] batch, CancellationToken cancellationToken)
    {
        var retries = vendor.Webhooks.Retries;
        var isDelivered = false;
        for (var attempt = 0; attempt <= retries.Count && !isDelivered && vendor.Webhooks is { Target: { } target, Enabled: true }; attempt++)
        {
            if (attempt > 0)
                await Task.Delay(retries[attempt - 1], cancellationToken);
            isDelivered = await PostAsync(target, batch, attempt, cancellationToken);
        }

        Interlocked.Add(ref isDelivered ? ref delivered : ref abandoned, batch.Length);
        Interlocked.Add(ref waiting, -batch.Length);
    }

    private async Task<bool> PostAsync(Uri target, WebhookEvent[] batch, int attempt, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(vendor.Webhooks.Timeout);
        Interlocked.Increment(ref posts);
        try
        {
            using var request = vendor.Envelope(target, batch, attempt);
            using var response = await http.SendAsync(request, limit.Token);
            return vendor.IsAcknowledged((int)response.StatusCode, await response.Content.ReadAsStringAsync(limit.Token));
        }
        catch (HttpRequestException) // a receiver that is down is tried again, as the vendor would
        {
            return false;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }
}
