namespace StackHub.Cli.CommandLine;

/// <summary>Where a command runs: its streams, and whether a person watches.</summary>
/// <param name="Terminal">Output goes to a terminal, not to a file or another program.</param>
public sealed record Shell(TextWriter Out, TextWriter Error, bool Terminal)
{
    /// <summary>Columns; null takes the terminal's own, or <see cref="RedirectedWidth"/>.</summary>
    public int? Width { get; init; }

    public bool NoColor { get; init; }

    public const int RedirectedWidth = 120;

    public static Shell OfProcess() => new(Console.Out, Console.Error, !Console.IsOutputRedirected)
    {
        Width = int.TryParse(Environment.GetEnvironmentVariable("COLUMNS"), out var columns) && columns > 20 && Console.IsOutputRedirected ? columns : null,
        NoColor = Environment.GetEnvironmentVariable("NO_COLOR") is { Length: > 0 },
    };
}
