using System.CommandLine;
using System.CommandLine.Invocation;
using StackHub.Cli.Output;
using StackHub.Connecting;
using StackHub.Sqlite;

namespace StackHub.Cli.CommandLine;

/// <summary>Runs commands, and turns what they expect to go wrong into a sentence and an exit code.</summary>
internal sealed class CommandRunner(Shell shell, GlobalOptions options)
{
    /// <summary>An orderly stop has this long; then the process ends regardless.</summary>
    private static readonly TimeSpan StopWithin = TimeSpan.FromSeconds(10);

    public static async Task<int> RunAsync(IReadOnlyList<string> args, Shell shell, CancellationToken cancellationToken)
    {
        var parsed = CommandTree.Make(shell).Parse(args);
        var configuration = new InvocationConfiguration { Output = shell.Out, Error = shell.Error, EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = StopWithin };
        if (parsed.Action is not ParseErrorAction refusal)
            return await parsed.InvokeAsync(configuration, cancellationToken);
        (refusal.ShowHelp, refusal.ShowTypoCorrections) = (false, true);
        await parsed.InvokeAsync(configuration, cancellationToken);
        shell.Error.WriteLine($"Try '{Path(parsed.CommandResult)} --help'.");
        return ExitCode.BadUsage;
    }

    public async Task<int> InvokeAsync(ParseResult parsed, Func<Invocation, CancellationToken, Task<int>> run, CancellationToken cancellationToken)
    {
        var screen = Screen.For(shell, parsed.GetValue(options.Json), parsed.GetValue(options.NoColor));
        try
        {
            return await run(new(parsed, options, screen), cancellationToken);
        }
        catch (HubStartException e)
        {
            return screen.Fail(e.Message, ExitCode.BadUsage);
        }
        catch (NotFoundException e)
        {
            return screen.Fail(e.Message, ExitCode.NotFound);
        }
        catch (VendorUnavailableException e)
        {
            return screen.Fail(VendorSentences.Of(e), ExitCode.VendorUnavailable);
        }
        catch (SqliteFailedException e)
        {
            return screen.Fail($"The data folder '{parsed.GetValue(options.Data)}' cannot be used: {e.Message}. {(e.IsBusy ? "Another process holds it: try again when it is done." : "Check the disk and the folder's rights.")}", ExitCode.BadUsage);
        }
        catch (Exception e) when (e is UnauthorizedAccessException or IOException)
        {
            return screen.Fail($"{e.Message} Check that the path exists and that this user may use it.", ExitCode.BadUsage);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return screen.Fail("Stopped.", ExitCode.Interrupted);
        }
        catch (Exception e) when (e is not OutOfMemoryException) // the last line: a mistake of ours, with all that is needed to find it
        {
            return screen.Fail($"This is a mistake in StackHub; please report it with what follows.{Environment.NewLine}{e}", ExitCode.Bug);
        }
    }

    private static string Path(System.CommandLine.Parsing.CommandResult result) =>
        result.Parent is System.CommandLine.Parsing.CommandResult parent ? $"{Path(parent)} {result.Command.Name}" : CommandTree.Name;
}
