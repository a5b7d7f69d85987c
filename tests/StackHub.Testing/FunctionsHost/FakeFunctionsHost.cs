namespace StackHub.Testing.FunctionsHost;

/// <summary>
/// One instance of an Azure Functions host, by the rules read from the real one's source: it starts the app's executable, polls its
/// queues, fires its timers when told to, and passes web requests on.
/// </summary>
public sealed class FakeFunctionsHost : IAsyncDisposable
{
    private readonly IReadOnlyList<FunctionDeclaration> functions;
    private readonly HandlerProcess handler;
    private readonly Invoker invoker;
    private readonly CancellationTokenSource stop = new();
    private readonly CancellationTokenSource kill = new();
    private HostProxy? proxy;
    private Task listening = Task.CompletedTask;

    private FakeFunctionsHost(FunctionsHostOptions options, HostFile file)
    {
        functions = FunctionDeclaration.ReadAll(options.AppFolder);
        handler = new(options, file, Log);
        invoker = new(handler, file, Log);
    }

    public HostLog Log { get; } = new();

    /// <summary>The handler's process; null while none runs.</summary>
    public int? HandlerId => handler.Id;

    /// <summary>How often the handler was started.</summary>
    public int Starts => handler.Starts;

    public IEnumerable<string> Functions => functions.Select(function => function.Name);

    /// <summary>Ready to serve: the handler answered.</summary>
    /// <param name="address">Where the world calls.</param>
    public static async Task<FakeFunctionsHost> StartAsync(FunctionsHostOptions options, Uri address, CancellationToken cancellationToken)
    {
        var file = new HostFile(options);
        var host = new FakeFunctionsHost(options, file);
        try
        {
            await host.handler.ReadyAsync(cancellationToken);
            host.proxy = await HostProxy.StartAsync(host.handler, host.functions, address, cancellationToken);
            host.Listen(file, options);
            return host;
        }
        catch
        {
            await host.DisposeAsync();
            throw;
        }
    }

    /// <summary>A tick of a timer function. False when the run failed.</summary>
    public Task<bool> FireAsync(string timer, CancellationToken cancellationToken)
    {
        var function = functions.Single(function => function.Name == timer && function.Type == "timerTrigger");
        return invoker.InvokeAsync(function, HostPayload.OfTimer(function, late: false), cancellationToken);
    }

    /// <summary>Where the handler listens, which only the host itself can reach.</summary>
    public async Task<Uri> HandlerAddressAsync(CancellationToken cancellationToken) => new($"http://127.0.0.1:{(await handler.ReadyAsync(cancellationToken)).Port}/");

    /// <summary>Ends the handler at once; the host starts it again when it needs it.</summary>
    public async Task KillHandlerAsync(CancellationToken cancellationToken) => await HandlerProcess.KillAsync(await handler.ReadyAsync(cancellationToken));

    /// <summary>No new messages are taken, those under way are finished, then the handler is killed.</summary>
    public async Task DrainAsync()
    {
        await stop.CancelAsync();
        await listening;
        await DisposeAsync();
    }

    /// <summary>The instance is lost: messages under way stay hidden until their leases end.</summary>
    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await kill.CancelAsync();
        if (proxy is not null)
            await proxy.DisposeAsync();
        await handler.DisposeAsync();
        await listening;
        invoker.Dispose();
    }

    private void Listen(HostFile file, FunctionsHostOptions options)
    {
        listening = Task.WhenAll(functions.Where(function => function.Type == "queueTrigger" && !options.IsDisabled(function.Name))
            .Select(function => new QueueListener(function, new(options.Settings[function.Connection!]), file, options.Lease, invoker, Log).RunAsync(stop.Token, kill.Token)));
    }
}
