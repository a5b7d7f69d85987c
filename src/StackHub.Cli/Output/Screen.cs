using System.Text.Json;
using Spectre.Console;
using Spectre.Console.Rendering;
using StackHub.Cli.CommandLine;
using StackHub.Cli.Demo;

namespace StackHub.Cli.Output;

/// <summary>What a person or a script gets to read: words and tables, or one JSON document.</summary>
internal sealed class Screen
{
    private readonly Shell shell;

    private Screen(Shell shell, bool json, IAnsiConsole console)
    {
        this.shell = shell;
        Json = json;
        Terminal = console;
    }

    public bool Json { get; }

    public IAnsiConsole Terminal { get; }

    public int Width => Terminal.Profile.Width;

    public static Screen For(Shell shell, bool json, bool noColor)
    {
        var plain = !shell.Terminal;
        var console = AnsiConsole.Create(new()
        {
            Out = new AnsiConsoleOutput(shell.Out),
            Ansi = plain ? AnsiSupport.No : AnsiSupport.Detect,
            ColorSystem = plain || noColor || shell.NoColor ? ColorSystemSupport.NoColors : ColorSystemSupport.Detect,
            Interactive = plain ? InteractionSupport.No : InteractionSupport.Detect,
        });
        if (shell.Width is { } width)
            console.Profile.Width = width;
        else if (plain)
            console.Profile.Width = Shell.RedirectedWidth;
        return new(shell, json, console);
    }

    /// <summary>A line for people; scripts that asked for JSON are spared.</summary>
    public void Say(string line)
    {
        if (!Json)
            Terminal.WriteLine(line);
    }

    /// <summary>A line with markup; every value in it must be escaped.</summary>
    public void Mark(string markup)
    {
        if (!Json)
            Terminal.MarkupLine(markup);
    }

    public void Show(IRenderable what)
    {
        if (!Json)
            Terminal.Write(what);
    }

    /// <summary>Text as it is, whatever the width: for scripts and files.</summary>
    public void Raw(string text) => shell.Out.WriteLine(text);

    /// <summary>The result for a script: the only thing on standard output then.</summary>
    public void Result<T>(T value) => shell.Out.WriteLine(JsonSerializer.Serialize(value, CliJsonOptions.Default));

    /// <summary>Something is wrong: what, where and how to mend it, on standard error.</summary>
    public int Fail(string message, int exitCode)
    {
        shell.Error.WriteLine(message);
        return exitCode;
    }

    /// <summary>A remark beside the result, on standard error.</summary>
    public void Warn(string message) => shell.Error.WriteLine(message);

    /// <summary>Bars for a person who watches; lines for a file; for a script the lines go to standard error.</summary>
    public IDemoScreen Progress() =>
        Json ? new ProgressLines(shell.Error)
        : shell.Terminal && Terminal.Profile.Capabilities.Ansi ? new ProgressBars(Terminal)
        : new ProgressLines(shell.Out);
}
