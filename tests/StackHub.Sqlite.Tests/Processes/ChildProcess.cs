using System.Diagnostics;
using System.Reflection;

namespace StackHub.Sqlite.Tests.Processes;

/// <summary>This test executable, started again.</summary>
internal static class ChildProcess
{
    public static Process Start(params string[] arguments) => Process.Start(new ProcessStartInfo(
        Path.ChangeExtension(Assembly.GetExecutingAssembly().Location, null), arguments)
    {
        RedirectStandardOutput = true,
        RedirectStandardInput = true,
    })!;

    /// <summary>Whole lines only: the last one of a killed process may be half.</summary>
    public static string[] WholeLines(string output) => output[..(output.LastIndexOf('\n') + 1)].Split('\n', StringSplitOptions.RemoveEmptyEntries);
}
