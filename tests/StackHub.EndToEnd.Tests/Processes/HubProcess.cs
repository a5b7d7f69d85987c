using System.Diagnostics;
using StackHub.EndToEnd.Tests.Staging;
using StackHub.Sandbox.Hosting;

namespace StackHub.EndToEnd.Tests.Processes;

/// <summary>The real command line in a process of its own, which can be killed without a word.</summary>
internal sealed class HubProcess : IDisposable
{
    private readonly Process process;
    private readonly Task<string> output;
    private readonly Task<string> errors;

    private HubProcess(Process process)
    {
        this.process = process;
        output = process.StandardOutput.ReadToEndAsync();
        errors = process.StandardError.ReadToEndAsync();
    }

    public bool Ended => process.HasExited;

    public static HubProcess Start(Stage stage, params string[] command)
    {
        var config = Path.Combine(stage.Folder, "stackhub.yaml");
        if (!File.Exists(config))
            File.WriteAllText(config, stage.ConfigText);
        string[] arguments = [Path.Combine(AppContext.BaseDirectory, "StackHub.Cli.dll"), .. command, "--config", config, "--data", stage.Folder, "--no-color"];
        return new(Process.Start(new ProcessStartInfo("dotnet", arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!);
    }

    /// <summary>Serves until it is killed.</summary>
    public static HubProcess Serve(Stage stage) => Start(stage, "serve", "--urls", stage.Address.ToString().TrimEnd('/'), "--durability", "process-crash");

    /// <summary>Kills the process when the vendors have seen so many more calls; false when it ended before that.</summary>
    public async Task<bool> KillAfterAsync(Stage stage, int calls)
    {
        var until = Calls(stage) + calls;
        await stage.UntilAsync($"{calls} calls", () => Task.FromResult(process.HasExited || Calls(stage) >= until));
        return await KillAsync();
    }

    /// <summary>False when it had ended.</summary>
    public async Task<bool> KillAsync()
    {
        var ended = process.HasExited;
        process.Kill(); // SIGKILL, of this process only
        await process.WaitForExitAsync(Stage.Token);
        return !ended;
    }

    public async Task EndedAsync()
    {
        await process.WaitForExitAsync(Stage.Token);
        Assert.True(process.ExitCode is 0 or 1, $"Exit code {process.ExitCode}\n{await output}\n{await errors}");
    }

    public void Dispose()
    {
        if (!process.HasExited)
            process.Kill();
        process.Dispose();
    }

    private static long Calls(Stage stage) => stage.Sandbox.Vendors.Sum((VendorSandbox vendor) => vendor.Stats.Operations.Sum(operation => operation.Calls));
}
