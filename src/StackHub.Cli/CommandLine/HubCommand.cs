using System.CommandLine;

namespace StackHub.Cli.CommandLine;

/// <summary>A command with examples for its help.</summary>
internal sealed class HubCommand(string name, string description, params string[] examples) : Command(name, description)
{
    public IReadOnlyList<string> Examples { get; } = examples;

    public HubCommand With(params Symbol[] symbols)
    {
        foreach (var symbol in symbols)
            Attach(symbol);
        return this;
    }

    private void Attach(Symbol symbol)
    {
        if (symbol is Option option)
            Add(option);
        else if (symbol is Argument argument)
            Add(argument);
        else
            Add((Command)symbol);
    }

    /// <summary>What the command does; its answer is the exit code.</summary>
    public HubCommand Runs(CommandRunner runner, Func<Invocation, CancellationToken, Task<int>> run)
    {
        SetAction((parsed, cancellationToken) => runner.InvokeAsync(parsed, run, cancellationToken));
        return this;
    }
}
