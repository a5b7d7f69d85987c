using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;

namespace StackHub.Testing.FunctionsHost;

/// <summary>One start of the handler.</summary>
internal sealed record RunningHandler(Process Process, int Port);

/// <summary>
/// The handler's process as the host keeps it: started with the host's environment, waited for by asking "/", started again when it ends
/// with an error (three in a row end the host), left alone when it ends with 0, and stopped by killing it.
/// </summary>
internal sealed class HandlerProcess(FunctionsHostOptions options, HostFile file, HostLog log) : IAsyncDisposable
{
    private const int Restart = 200;

    /// <summary>By the host itself or by a test, which may do so more often than the real host would bear.</summary>
    private const int Killed = 137;
    private const int MostErrors = 3;
    private static readonly TimeSpan Probe = TimeSpan.FromMilliseconds(25);
    private readonly HttpClient http = new(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = true });
    private readonly SemaphoreSlim starting = new(1, 1);
    private RunningHandler? running;
    private Task<RunningHandler>? ready;
    private int errors;
    private bool stopped;

    public int Starts { get; private set; }

    public int? Id => running is { Process.HasExited: false } handler ? handler.Process.Id : null;

    public async Task<RunningHandler> ReadyAsync(CancellationToken cancellationToken)
    {
        await starting.WaitAsync(cancellationToken);
        try
        {
            if (running is null or { Process.HasExited: true })
                ready = StartAsync(cancellationToken);
            return await ready!;
        }
        finally
        {
            starting.Release();
        }
    }

    public static async Task KillAsync(RunningHandler handler)
    {
        if (!handler.Process.HasExited)
            handler.Process.Kill(); // SIGKILL, as the host does; there is no word of warning
        await handler.Process.WaitForExitAsync(CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        stopped = true;
        if (running is { } handler)
        {
            await KillAsync(handler);
            handler.Process.Dispose();
        }
        http.Dispose();
        starting.Dispose();
    }

    private async Task<RunningHandler> StartAsync(CancellationToken cancellationToken)
    {
        if (running is { Process.ExitCode: var code })
            Judge(code);
        ObjectDisposedException.ThrowIf(stopped, this);
        var port = FreePort();
        var process = Process.Start(StartInfo(port))!;
        Starts++;
        process.OutputDataReceived += (_, line) => log.AddOutput(line.Data);
        process.ErrorDataReceived += (_, line) => log.AddError(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        running = new(process, port);
        await UntilReadyAsync(running, cancellationToken);
        return running;
    }

    private void Judge(int exitCode)
    {
        log.Add($"the handler ended with {exitCode}");
        if (exitCode == 0)
            throw new InvalidOperationException("The handler ended with 0: the host does nothing more.");
        if (exitCode is not (Restart or Killed) && ++errors >= MostErrors)
            throw new InvalidOperationException($"The handler failed {MostErrors} times: the host shuts down.\n{log}");
    }

    private ProcessStartInfo StartInfo(int port)
    {
        var path = Path.Combine(options.AppFolder, file.Executable);
        var start = new ProcessStartInfo(File.Exists(path) ? path : file.Executable) { WorkingDirectory = options.AppFolder, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in options.Settings)
            start.Environment[name] = value;
        var (number, worker) = (port.ToString(CultureInfo.InvariantCulture), HostId.New());
        start.Environment["FUNCTIONS_CUSTOMHANDLER_PORT"] = start.Environment["FUNCTIONS_HTTPWORKER_PORT"] = number;
        start.Environment["FUNCTIONS_CUSTOMHANDLER_WORKER_ID"] = start.Environment["FUNCTIONS_HTTPWORKER_ID"] = worker;
        start.Environment["FUNCTIONS_APP_ROOT_PATH"] = options.AppFolder;
        return start;
    }

    /// <summary>Any answer to "/" is readiness, and redirects are followed; only a connection that fails means "wait".</summary>
    private async Task UntilReadyAsync(RunningHandler handler, CancellationToken cancellationToken)
    {
        using var late = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        late.CancelAfter(file.InitializationTimeout);
        while (!handler.Process.HasExited)
        {
            try
            {
                using var request = new HttpRequestMessage(HttpMethod.Get, $"http://127.0.0.1:{handler.Port}/") { Headers = { UserAgent = { new ProductInfoHeaderValue("Azure-Functions-Host", "4.1000.0") } } };
                using var answer = await http.SendAsync(request, late.Token);
                return;
            }
            catch (HttpRequestException e) when (e.InnerException is SocketException)
            {
                await Task.Delay(Probe, late.Token);
            }
        }
        await handler.Process.WaitForExitAsync(cancellationToken); // and with it its last lines
        throw new InvalidOperationException($"The handler ended with {handler.Process.ExitCode} before it was ready.\n{log}");
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
