using System.Collections.Concurrent;

namespace StackHub.Testing.FunctionsHost;

/// <summary>What the host noted, and what the handler wrote.</summary>
public sealed class HostLog
{
    private readonly ConcurrentQueue<string> lines = new();
    private readonly ConcurrentQueue<string> output = new();
    private readonly ConcurrentQueue<string> errors = new();

    public IEnumerable<string> Lines => lines;

    public IEnumerable<string> Output => output;

    public IEnumerable<string> Errors => errors;

    public void Add(string line) => lines.Enqueue(line);

    public void AddOutput(string? line) => Add(output, line);

    public void AddError(string? line) => Add(errors, line);

    /// <summary>What a failing test shows.</summary>
    public override string ToString() => string.Join(Environment.NewLine, lines.TakeLast(12).Concat(output.TakeLast(12)).Concat(errors.TakeLast(12)));

    private static void Add(ConcurrentQueue<string> lines, string? line)
    {
        if (line is not null)
            lines.Enqueue(line);
    }
}
